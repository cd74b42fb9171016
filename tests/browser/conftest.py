"""A browser on the corpus: Chromium where there is one, else the tests are reported as not run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from indexer import Article, Index
from indexer.readers import read

PARIS = ZoneInfo("Europe/Paris")
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "no Chromium found: browser tests are not run (apt-get install chromium, or set CHROMIUM)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.section("browser tests NOT RUN")
        terminalreporter.line(MISSING)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of the corpus."""
    folder = tmp_path_factory.mktemp("archive")
    Index.rebuild(folder, read([ROOT / "corpus"]), engine="memory")
    yield from _served(folder)


@pytest.fixture(scope="session")
def story_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of the story of a volcano, nine articles, with quotations."""
    folder = tmp_path_factory.mktemp("story")
    Index.rebuild(folder, map(_volcano, range(1, 10)), engine="memory")
    yield from _served(folder)


def _volcano(day: int) -> Article:
    news = ("lave", "route", "mer", "calme", "pluie", "école", "port", "avion", "fumée")[day - 1]
    body = "Le volcan du Karthala gronde et les habitants de Moroni quittent les pentes."
    said = (
        "« Nous avons entendu la montagne toute la nuit, et au matin la cour était grise »,"
        " raconte Ali Soilihi, instituteur."
    )
    return Article(
        id=f"karthala/{day}",
        title=f"Karthala, jour {day} : {news} et cendres sur Moroni",
        lede=f"Le volcan gronde encore : {news}, dit la radio, et les écoles restent fermées.",
        body=f"{body} Suite {day} : {news}, {news}.\n\n{said}\n\nLe préfet veut une « vigilance » accrue : "
        "« Nous ne laisserons personne sur les pentes cette nuit », a-t-il promis.",
        published=datetime(2021, 1, 25, tzinfo=PARIS) + timedelta(days=2 * day),
        section="Monde",
        tags=("Karthala", "volcan"),
        author="Ana Lee",
        source="Le Matin",
    )


def _served(folder: Path) -> Iterator[str]:
    """Give the address of a server of an index."""
    command = [sys.executable, "-m", "searchapp", "--index", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout
        yield re.findall(r"http://[\d.:]+", server.stdout.readline())[0]
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    yield from _page(browser, site, width=1440)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    yield from _page(browser, site, width=390)


@pytest.fixture
def english(browser: Browser, site: str) -> Iterator[Page]:
    """Return a page of a browser whose reader wants English."""
    yield from _page(browser, site, width=1440, locale="en-GB")


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """Return a page of a browser that runs no script."""
    yield from _page(browser, site, width=1440, script=False)


def _page(
    browser: Browser, site: str, *, width: int, script: bool = True, locale: str = "fr-FR"
) -> Iterator[Page]:
    """Give a page; whatever the browser complains of in its console fails the test."""
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, java_script_enabled=script, locale=locale
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def host_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the example host, with the corpus below /archives and /vallees/recherche."""
    folder = tmp_path_factory.mktemp("hosted")
    Index.rebuild(folder, read([ROOT / "corpus"]), engine="memory")
    spec = spec_from_file_location("host_app", ROOT / "examples" / "newspaper" / "app.py")
    assert spec
    assert spec.loader
    host = module_from_spec(spec)
    sys.modules["host_app"] = host  # Flask looks here for the folder of the templates
    spec.loader.exec_module(host)
    server = make_server("127.0.0.1", 0, host.create_host(folder, folder), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
