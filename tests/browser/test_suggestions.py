"""Suggestions in the search box: keys, mouse, finger, answers that come late, and without script."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, Locator, Page, Route, expect


def typed(page: Page, text: str) -> Locator:
    """Type into the box of the front page and return it once there are suggestions."""
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return box


def active(page: Page) -> Locator:
    return page.locator("[role=option][aria-selected=true]")


def test_the_pattern_of_a_combobox(desktop: Page) -> None:
    box = typed(desktop, "esp")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    listbox = desktop.get_by_role("listbox", name="Suggestions")
    expect(box).to_have_attribute("aria-controls", listbox.get_attribute("id") or "")
    expect(active(desktop)).to_have_count(0)
    box.press("ArrowDown")
    expect(active(desktop)).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", active(desktop).get_attribute("id") or "")
    expect(box).to_be_focused()


def test_each_option_names_its_kind_and_the_number_is_announced(desktop: Page) -> None:
    typed(desktop, "esp")
    notes = desktop.locator("[role=option] span:last-child").all_inner_texts()
    assert all(re.fullmatch(r"(tag|personne|mot), \d+|article", note) for note in notes), notes
    assert {note.partition(",")[0] for note in notes} >= {"tag", "mot", "article"}
    expect(desktop.locator(".find [role=status]")).to_have_text(f"{len(notes)} suggestions")


def test_arrows_go_round_by_what_was_typed_and_home_and_end_to_the_ends(desktop: Page) -> None:
    box = typed(desktop, "esp")
    options = desktop.get_by_role("option")
    last = options.count() - 1
    box.press("ArrowUp")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    box.press("Home")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("End")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(active(desktop)).to_have_count(0)
    expect(box).to_have_value("esp")
    box.press("Home")
    box.press("l")
    expect(box).to_have_value("lesp")


def test_escape_closes_then_clears(desktop: Page) -> None:
    box = typed(desktop, "esp")
    box.press("ArrowDown")
    box.press("Escape")
    expect(desktop.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("esp")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_enter_without_an_option_searches_what_was_typed(desktop: Page) -> None:
    box = typed(desktop, "espace")
    box.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("pour «\u202fespace\u202f»")


def test_enter_on_an_article_opens_it(desktop: Page) -> None:
    box = typed(desktop, "esp")
    box.press("ArrowUp")
    title = active(desktop).locator("span").first.inner_text()
    box.press("Enter")
    expect(desktop.locator("article.text h1")).to_have_text(title)


def test_a_click_takes_a_suggestion(desktop: Page) -> None:
    typed(desktop, "pesq")
    desktop.get_by_role("option", name="Thomas Pesquet personne").click()
    expect(desktop.locator(".chips")).to_contain_text("Thomas Pesquet")


def test_a_tap_takes_a_suggestion(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site,
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
        locale="fr-FR",
    )
    page = context.new_page()
    typed(page, "pesq")
    page.get_by_role("option", name="Thomas Pesquet personne").tap()
    expect(page.locator(".chips")).to_contain_text("Thomas Pesquet")
    context.close()


def test_leaving_the_box_closes_the_list(desktop: Page) -> None:
    box = typed(desktop, "esp")
    box.press("Tab")
    expect(desktop.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_letters_typed_at_once_are_one_request(desktop: Page) -> None:
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box = typed(desktop, "espace")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert len(asked) == 1


def test_an_answer_that_comes_late_is_not_shown(desktop: Page) -> None:
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        if "q=es&" in f"{route.request.url}&":
            waiting.append(route)
        else:
            route.fulfill(
                content_type="application/json", body=json.dumps([{"text": "espace", "kind": "tag"}])
            )

    desktop.route("**/suggest?*", answer)
    desktop.goto("/")
    box = desktop.get_by_role("combobox")
    with desktop.expect_event("requestfailed"):
        with desktop.expect_request("**/suggest?q=es"):
            box.press_sequentially("es")
        box.press_sequentially("p")
    expect(desktop.get_by_role("option")).to_have_text(["espace tag"])
    assert waiting


def test_escape_aborts_a_request_under_way(desktop: Page) -> None:
    desktop.route("**/suggest?*", lambda _: None)
    desktop.goto("/")
    box = desktop.get_by_role("combobox")
    with desktop.expect_event("requestfailed"):
        with desktop.expect_request("**/suggest?*"):
            box.press_sequentially("esp")
        box.press("Escape")
    expect(desktop.get_by_role("listbox")).to_be_hidden()


def test_without_script_the_form_searches(plain: Page) -> None:
    plain.goto("/")
    expect(plain.get_by_role("combobox")).to_have_count(0)
    box = plain.get_by_role("searchbox", name="Rechercher dans les archives")
    box.fill("espace")
    box.press("Enter")
    expect(plain.get_by_role("heading", level=1)).to_contain_text("pour «\u202fespace\u202f»")
