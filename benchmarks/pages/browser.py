"""What a browser on a slow line makes of a page: Lighthouse's mobile profile, in Chromium itself.

The line is slowed by the browser, as in the developer tools; Lighthouse's own scores are estimates on top of
such a run. First paint, largest paint and shifts are those that the browser reports (W3C Paint Timing,
Largest Contentful Paint, Layout Instability).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

WIDTHS = (320, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

LINE: dict[str, Any] = {
    "offline": False,
    "latency": 150 * 3.75,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 750e3 * 0.9 / 8,
}
"""« Slow 4G » of Lighthouse, as it sets the developer tools: 1.6 Mbit/s, 150 ms a round trip."""

SLOWER = 4
"""How many times slower than this one Lighthouse takes the processor of a telephone to be."""

_WATCH = """
window.__seen = {largest: 0, shifts: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) __seen.largest = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) __seen.shifts += e.value;
})
  .observe({type: 'layout-shift', buffered: true});
"""
_READ = """() => ({
  first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  largest: __seen.largest, shifts: __seen.shifts,
  ready: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
  requests: 1 + performance.getEntriesByType('resource').length,
  bytes: performance.getEntriesByType('navigation')[0].transferSize
    + performance.getEntriesByType('resource').reduce((sum, each) => sum + each.transferSize, 0),
  nodes: document.getElementsByTagName('*').length,
})"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what a first visit is like.

    Milliseconds until the first and the largest paint and until the page is `ready`; layout shifts, without
    a unit; requests and bytes that were sent; elements of the page.
    """

    first: float
    largest: float
    ready: float
    shifts: float
    requests: int
    bytes: int
    nodes: int


def seen(browser: Browser, address: str) -> Seen:
    """Visit a page for the first time, on a telephone and a slow line."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, locale="fr-FR", is_mobile=True)
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="networkidle")
        return Seen(**page.evaluate(_READ))
    finally:
        context.close()


def complaints(browser: Browser, address: str) -> int:
    """Return how many violations axe-core finds on a page, in either theme, on a telephone and a screen."""
    found = 0
    for theme in THEMES:
        for width in (390, 1440):
            with _opened(browser, width, theme) as context:
                page = context.new_page()
                page.goto(address)
                for details in page.locator("details > summary").all():
                    if details.is_visible():
                        details.click()
                found += Axe().run(page).violations_count
    return found


def shoot(browser: Browser, address: str, name: str, folder: Path) -> None:
    """Keep a screenshot of a whole page in each width and theme."""
    for width in WIDTHS:
        for theme in THEMES:
            with _opened(browser, width, theme) as context:
                page = context.new_page()
                page.goto(address, wait_until="networkidle")
                page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)


def _opened(browser: Browser, width: int, theme: Literal["light", "dark"]) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, locale="fr-FR", reduced_motion="reduce"
    )
