"""A reader whose browser asks for English: the pages, the suggestions, and the way to French and back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_search_in_english(english: Page) -> None:
    english.goto("/")
    expect(english.locator("html")).to_have_attribute("lang", "en")
    english.get_by_role("combobox", name="Search the archive").fill("espace")
    english.get_by_role("button", name="Search").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("for “espace”")
    expect(english.get_by_role("link", name="Skip the filters")).to_have_count(1)
    english.locator(".hits h3 a").first.click()
    expect(english.locator("article.text .body")).to_have_attribute("lang", "fr")
    english.get_by_role("link", name="Back to the results").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("espace")


def test_suggestions_in_english(english: Page) -> None:
    english.goto("/")
    english.get_by_role("combobox").press_sequentially("pesq")
    expect(english.get_by_role("option", name="Thomas Pesquet person")).to_be_visible()
    count = english.get_by_role("option").count()
    expect(english.locator(".find [role=status]")).to_have_text(re.compile(rf"^{count}\sSuggestions?$", re.I))
    english.get_by_role("combobox").fill("zorglubxyz")
    expect(english.locator(".find [role=status]")).to_have_text("No suggestions")


def test_the_language_chosen_stays_until_another_is(english: Page) -> None:
    english.goto("/?q=espace")
    english.get_by_role("link", name="Français").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("pour «\u202fespace\u202f»")
    english.locator(".years a").first.click()
    expect(english.locator("html")).to_have_attribute("lang", "fr")
    english.get_by_role("combobox").fill("mairie")
    english.get_by_role("button", name="Chercher").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("pour «\u202fmairie\u202f»")
    expect(english.locator("html")).to_have_attribute("lang", "fr")
    assert "lang=fr" in english.url
    english.get_by_role("link", name="English").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("for “mairie”")
