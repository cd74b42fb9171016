"""Pages for readers with large text, the colours of their system, no motion, and a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

PAGES = {
    "front": "/",
    "results": "/?q=espace+mission&tag=espace&du=2016&au=2021",
    "nothing": "/?q=Rosetta+atterrisage+zorglub&section=Sport&du=2014&au=2014",
    "article": "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour?q=espace+station",
    "person": "/personne/Emmanuel%20Macron",
    "persons": "/personnes",
    "help": "/aide",
    "accessibility": "/accessibilite",
    "api": "/api/",
}
_SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select')]
  .filter(e => e.checkVisibility() && !e.closest('p, .vh, dd, td, th') && !e.matches('.vh, :not(:focus).skip'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([e, box]) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)} ${box.width}×${box.height}`)
"""
"""WCAG 2.2, 2.5.8: 24 by 24 pixels, links inside a sentence excepted."""


@pytest.mark.parametrize("width", [640, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_text_twice_as_large_has_room(browser: Browser, site: str, name: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.goto(PAGES[name])
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) > 1.5 * before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _forced(browser: Browser, site: str, address: str) -> Page:
    context = browser.new_context(
        base_url=site, viewport={"width": 1440, "height": 900}, forced_colors="active", locale="fr-FR"
    )
    page = context.new_page()
    page.goto(address)
    return page


def test_what_is_chosen_is_seen_in_the_colours_of_the_system(browser: Browser, site: str) -> None:
    page = _forced(browser, site, PAGES["results"])
    boxes = page.evaluate("""() => [...document.querySelectorAll('.values a')].map(e =>
      [e.getAttribute('aria-current'), getComputedStyle(e, '::before').backgroundColor])""")
    chosen = {colour for current, colour in boxes if current}
    others = {colour for current, colour in boxes if not current}
    assert chosen
    assert others
    assert not chosen & others
    page.context.close()


def test_where_the_keyboard_is_is_seen_in_the_colours_of_the_system(browser: Browser, site: str) -> None:
    page = _forced(browser, site, PAGES["results"])
    for _ in range(25):
        page.keyboard.press("Tab")
        style, width = page.evaluate("""() => { const s = getComputedStyle(document.activeElement);
          return [s.outlineStyle, parseFloat(s.outlineWidth)] }""")
        assert style != "none"
        assert width >= 2
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_who_wants_no_motion(browser: Browser, site: str, name: str) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce", locale="fr-FR")
    page = context.new_page()
    page.goto(PAGES[name])
    longest = page.evaluate("""() => Math.max(...[...document.querySelectorAll('*')].flatMap(e => {
      const s = getComputedStyle(e);
      return [...s.transitionDuration.split(','), ...s.animationDuration.split(',')].map(parseFloat) }))""")
    assert longest <= 0.01
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_finger_finds_its_target(browser: Browser, site: str, name: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.goto(PAGES[name])
    for details in page.locator("details > summary").all():
        if details.is_visible():
            details.click()
    assert page.evaluate(_SMALL_TARGETS) == []
    context.close()
