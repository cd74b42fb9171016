"""Results that come without another load of the page, and all that a load would have given."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

FACET = "section[aria-labelledby=f-tag] .values a"


@pytest.fixture
def results(desktop: Page) -> Page:
    """Return a page of results that remembers whether it was loaded again."""
    desktop.goto("/?q=france")
    desktop.evaluate("window.stayed = true")
    return desktop


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def said(page: Page) -> str:
    return page.locator("p.vh[role=status]").last.inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def total(page: Page) -> str:
    return page.locator("h1 b").inner_text().replace("\u00a0", " ")


def test_a_facet_on_and_off_stays_on_the_page_with_its_focus(results: Page) -> None:
    before, address = total(results), results.url
    results.locator("details.why > summary").first.click()
    tag = results.locator(FACET).nth(2)
    name = tag.locator(".v").inner_text()
    tag.click()
    chosen = results.locator(f"{FACET}[aria-current]")
    expect(chosen).to_be_focused()
    expect(chosen.locator(".v")).to_contain_text(name)
    expect(results.locator("p.vh[role=status]").last).to_contain_text(re.compile(r"^\d+.article.* pour"))
    assert said(results).startswith(total(results))
    assert total(results) != before
    assert "tag=" in results.url
    assert stayed(results)
    results.keyboard.press("Enter")
    expect(results.locator(".chips")).to_have_count(0)
    assert total(results) == before
    assert results.url == address.replace("+", "%20")
    expect(results.locator(FACET).get_by_text(name, exact=True).locator("xpath=..")).to_be_focused()
    assert stayed(results)


def test_back_and_forward_with_the_place_on_the_page(results: Page) -> None:
    before = total(results)
    title = results.title()
    results.evaluate("scrollTo(0, 700)")
    results.locator(FACET).nth(2).evaluate("each => each.click()")
    expect(results.locator(".chips")).to_have_count(1)
    within = total(results)
    assert results.title() != title
    results.evaluate("scrollTo(0, 120)")
    results.go_back()
    expect(results.locator(".chips")).to_have_count(0)
    assert total(results) == before
    assert results.title() == title
    results.wait_for_function("scrollY === 700")
    results.go_forward()
    expect(results.locator(".chips")).to_have_count(1)
    assert total(results) == within
    assert stayed(results)


def test_chips_orders_pages_and_forms(results: Page) -> None:
    results.get_by_role("link", name="plus anciens").click()
    expect(results.get_by_role("link", name="plus anciens")).to_be_focused()
    expect(results.get_by_role("link", name="plus anciens")).to_have_attribute("aria-current", "true")
    results.evaluate("scrollTo(0, document.body.scrollHeight)")
    results.get_by_role("link", name="Page suivante").click()
    expect(results.locator("#results")).to_be_focused()
    expect(results.locator(".bar .n")).to_contain_text("11 à 20")
    assert results.evaluate("scrollY") < 200
    results.get_by_label("Du", exact=True).fill("2018")
    results.get_by_label("Du", exact=True).press("Enter")
    expect(results.locator(".chips")).to_contain_text("2018")
    expect(results.get_by_label("Du", exact=True)).to_be_focused()
    results.locator(".chip").first.click()
    expect(results.locator(".chips")).to_have_count(0)
    expect(results.locator("#results")).to_be_focused()
    assert stayed(results)


def test_another_search_from_the_box(results: Page) -> None:
    box = results.get_by_role("combobox")
    box.fill("espace")
    box.press("Enter")
    expect(results.locator("h1")).to_contain_text("espace")
    expect(box).to_be_focused()
    expect(box).to_have_value("espace")
    assert stayed(results)
    box.fill("rosseta zorglub")
    box.press("Enter")
    expect(results.locator("h1")).to_contain_text("0\u00a0article")
    results.go_back()
    results.go_back()
    expect(box).to_have_value("france")
    assert stayed(results)


def test_results_that_come_late_leave_the_reader_alone_who_types_on(results: Page) -> None:
    waiting: list[Route] = []
    results.route(re.compile(r"tag="), lambda route: waiting.append(route))
    tag, box = results.locator(FACET).first, results.get_by_role("combobox")
    tag.click()
    expect(results.locator("[data-live]")).to_have_attribute("aria-busy", "true")
    box.fill("mairie")
    waiting[0].continue_()
    expect(results.locator(f"{FACET}[aria-current]")).to_be_visible()
    expect(box).to_have_value("mairie")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(results.get_by_role("heading", level=1)).to_contain_text("mairie")
    assert stayed(results)


def test_an_article_and_the_way_back_are_pages(results: Page) -> None:
    results.get_by_role("link", name="plus anciens").click()
    expect(results).to_have_url(re.compile("tri=anciens"))
    results.locator(".hits h3 a").first.click()
    expect(results.locator("article.text h1")).to_be_visible()
    results.go_back()
    expect(results.get_by_role("link", name="plus anciens")).to_have_attribute("aria-current", "true")
    expect(results).to_have_url(re.compile("tri=anciens"))


def test_a_click_with_a_key_is_the_browsers(results: Page) -> None:
    with results.context.expect_page() as opened:
        results.locator(FACET).nth(2).click(modifiers=["Control"])
    expect(opened.value.locator(".chips")).to_have_count(1)
    expect(results.locator(".chips")).to_have_count(0)


@pytest.fixture
def tolerant(browser: Browser, site: str) -> Iterator[Page]:
    """Return a page in which the browser may complain of what fails."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("answer", ["down", "error", "other"])
def test_what_goes_wrong_is_loaded_as_a_page(tolerant: Page, answer: str) -> None:
    tolerant.goto("/?q=france")
    tolerant.evaluate("window.stayed = true")

    def fail(route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.continue_()
        elif answer == "down":
            route.abort()
        else:
            route.fulfill(status=503 if answer == "error" else 200, body="<p>rien</p>")

    tolerant.route(re.compile("tag="), fail)
    tolerant.locator(FACET).nth(2).click()
    expect(tolerant.locator(".chips")).to_have_count(1)
    assert not stayed(tolerant)


@pytest.mark.parametrize("mount", ["archives", "vallees/recherche"])
def test_in_the_page_of_a_host(browser: Browser, host_site: str, mount: str) -> None:
    context = browser.new_context(base_url=host_site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"/{mount}/?q=france")
    page.evaluate("window.stayed = true")
    page.locator(FACET).nth(2).click()
    expect(page.locator(f"{FACET}[aria-current]")).to_be_focused()
    assert f"/{mount}/?q=france&tag=" in page.url
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    assert stayed(page)
    page.locator(".nq .hits h3 a").first.click()
    expect(page.locator("article.text h1")).to_be_visible()
    context.close()


def test_the_drawer_stays_open(phone: Page) -> None:
    phone.goto("/?q=france")
    phone.locator(".drawer > summary").click()
    phone.locator(FACET).nth(1).click()
    expect(phone.locator(".drawer > summary")).to_contain_text("1\u00a0actif")
    expect(phone.locator(f"{FACET}[aria-current]")).to_be_focused()


def test_the_slash_goes_to_the_box_but_not_from_a_field(results: Page) -> None:
    box = results.get_by_role("combobox")
    results.locator(FACET).first.focus()
    results.keyboard.press("/")
    expect(box).to_be_focused()
    results.keyboard.type("1/2")
    expect(box).to_have_value("1/2")


def test_the_citation_is_copied(browser: Browser, story_site: str) -> None:
    context = browser.new_context(
        base_url=story_site, permissions=["clipboard-read", "clipboard-write"], locale="fr-FR"
    )
    page = context.new_page()
    page.goto("/article/karthala/4")
    page.get_by_role("button", name="Copier la citation").click()
    expect(page.get_by_role("button", name="Citation copiée")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Ana Lee, «\u202fKarthala, jour 4 : calme et cendres")
    context.close()


def test_without_script_there_is_nothing_to_copy_with(plain: Page) -> None:
    plain.goto("/?q=france")
    plain.locator(FACET).nth(2).click()
    expect(plain.locator(".chips")).to_have_count(1)
    plain.locator(".hits h3 a").first.click()
    expect(plain.get_by_role("button", name="Copier")).to_have_count(0)
    expect(plain.locator("section.cite a[download]")).to_have_count(2)
