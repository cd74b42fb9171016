"""What a reader does: search, filter, go back, open an article, go on from it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill(words)
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"pour «\u202f{words}\u202f»")


def total(page: Page) -> str:
    return page.locator("h1 b").inner_text().replace("\u00a0", " ")


def test_search(desktop: Page) -> None:
    search(desktop, "prix nobel")
    assert "q=prix+nobel" in desktop.url
    assert desktop.locator(".hits mark").count() > 0


def test_a_facet_on_and_off_and_back(desktop: Page) -> None:
    search(desktop, "france")
    before = total(desktop)
    tag = desktop.locator("section[aria-labelledby=f-tag] .values a").nth(2)
    name = tag.locator(".v").inner_text()
    tag.click()
    expect(desktop.locator(".chips")).to_contain_text(name)
    within = total(desktop)
    assert within != before
    chosen = desktop.locator("section[aria-labelledby=f-tag] .values a[aria-current]")
    expect(chosen).to_have_count(1)
    chosen.click()
    expect(desktop.locator(".chips")).to_have_count(0)
    assert total(desktop) == before
    desktop.go_back()
    expect(desktop.locator(".chips")).to_contain_text(name)
    assert total(desktop) == within
    desktop.locator(".chips").get_by_role("link", name=re.compile("Retirer le filtre Tag")).click()
    expect(desktop.locator(".chips")).to_have_count(0)


def test_a_year_then_a_month_then_a_day_then_the_undated(desktop: Page) -> None:
    desktop.goto("/?tri=recents")
    desktop.locator(".years a", has_text="2018").click()
    expect(desktop.locator(".chips")).to_contain_text("2018")
    desktop.locator(".months a").first.click()
    expect(desktop.locator(".months a[aria-current]")).to_have_count(1)
    desktop.locator(".days a").first.click()
    expect(desktop.locator(".days a[aria-current]")).to_have_count(1)
    desktop.get_by_role("link", name=re.compile("^Sans date")).click()
    expect(desktop.locator(".chips")).to_contain_text("sans date")


def test_a_period_typed(desktop: Page) -> None:
    desktop.goto("/?tri=recents")
    desktop.get_by_label("Du", exact=True).fill("2016")
    desktop.get_by_label("Au", exact=True).fill("31/12/2017")
    desktop.get_by_label("Au", exact=True).press("Enter")
    expect(desktop.locator(".chips")).to_contain_text(
        "du 1er\u00a0janvier\u00a02016 au 31\u00a0décembre\u00a02017"
    )


def test_from_a_result_to_a_related_article(desktop: Page) -> None:
    search(desktop, "espace")
    desktop.locator(".hits h3 a").first.click()
    first = desktop.locator("h1").inner_text()
    assert desktop.locator(".text mark").count() > 0
    expect(desktop.get_by_role("link", name="Retour aux résultats")).to_be_visible()
    desktop.locator("section[aria-labelledby=a-r] a.t").first.click()
    expect(desktop.locator("article.text h1")).not_to_have_text(first)


def test_highlighting_goes_and_the_way_back_stays(desktop: Page) -> None:
    search(desktop, "espace")
    desktop.locator(".hits h3 a").first.click()
    desktop.get_by_role("link", name="Retirer le surlignage").click()
    expect(desktop.locator(".text mark")).to_have_count(0)
    desktop.get_by_role("link", name="Retour aux résultats").click()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("espace")


def test_the_drawer_of_a_phone(phone: Page) -> None:
    search(phone, "france")
    facet = phone.locator("#f-tag")
    expect(facet).to_be_hidden()
    phone.locator(".drawer > summary").click()
    expect(facet).to_be_visible()
    phone.locator("section[aria-labelledby=f-tag] .values a").nth(1).click()
    expect(phone.locator(".drawer > summary")).to_contain_text("1\u00a0actif")


def test_filters_stand_open_beside_on_a_desktop(desktop: Page) -> None:
    search(desktop, "france")
    expect(desktop.locator("#f-tag")).to_be_visible()
    expect(desktop.locator(".drawer > summary")).to_be_hidden()


def test_suggestions_by_keyboard(desktop: Page) -> None:
    desktop.goto("/")
    box = desktop.get_by_role("combobox")
    box.press_sequentially("pesq")
    expect(desktop.get_by_role("option").first).to_contain_text("Thomas Pesquet")
    box.press("ArrowDown")
    expect(box).to_have_value("Thomas Pesquet")
    box.press("Escape")
    expect(box).to_have_value("pesq")
    box.press("ArrowDown")
    expect(desktop.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_value("Thomas Pesquet")
    box.press("Enter")
    expect(desktop.locator(".chips")).to_contain_text("Thomas Pesquet")


def test_everything_without_script(plain: Page) -> None:
    search(plain, "espace")
    plain.locator("section[aria-labelledby=f-person] a").first.click()
    expect(plain.locator(".chips li")).to_have_count(2)
    plain.get_by_role("link", name="plus anciens").click()
    assert "tri=anciens" in plain.url
    plain.locator(".hits h3 a").first.click()
    plain.locator("section[aria-labelledby=a-t] a").first.click()
    expect(plain.locator(".hero p").first).to_have_text("Tag")
    plain.get_by_role("link", name="Chercher dans ces articles").click()
    expect(plain.locator(".chips li")).to_have_count(2)


def test_the_first_stops_of_the_tab_key_skip_ahead(desktop: Page) -> None:
    desktop.goto("/?q=espace")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Aller aux résultats")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#results")).to_be_focused()
