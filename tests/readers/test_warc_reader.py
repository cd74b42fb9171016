"""Web archives: which records are articles, and what damage costs."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import Reading, read, warc_records
from indexer.readers.warc import FETCHED
from indexer.skipped import Skipped
from tests.readers.web_archive import ENGLISH, FRENCH, Made, chunked, html, packed, packed_as_one, plain

WRITERS = pytest.mark.parametrize("write", [plain, packed, packed_as_one])
URL = "https://presse.example/port-{}.html"


def shown(item: Reading) -> str:
    match item:
        case Article():
            return item.id.rpartition("/")[2]
        case Skipped():
            return f"{item.count} {item.reason}"
        case _:
            return f"!{item.position}: {item.reason}"


def of(tmp_path: Path, data: bytes, name: str = "crawl-20200101.warc.gz") -> list[Reading]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read([path]))


def pages(count: int) -> list[Made]:
    return [
        Made(URL.format(number), html(f"Le port numéro {number} rouvre", FRENCH, "fr"))
        for number in range(count)
    ]


@WRITERS
def test_pages_become_articles(tmp_path: Path, write: Callable[[list[Made]], bytes]) -> None:
    first, second = of(tmp_path, write([Made("x", b"a: b", "warcinfo"), *pages(2)]))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.url) == ("presse.example/port-0.html", "https://presse.example/port-0.html")
    assert first.title == "Le port numéro 0 rouvre"
    assert "Les quais du port" in first.body
    assert first.origin[1].startswith("byte ")
    assert second.origin[0].endswith("crawl-20200101.warc.gz")


@pytest.mark.parametrize(
    ("more", "url", "published", "warned"),
    [
        ('<meta property="article:published_time" content="2017-03-01T08:00Z">', "a", "2017-03-01", False),
        ("", "2016/05/04/a.html", "2016-05-04", False),
        ("", "a", "2018-11-18", True),
    ],
)  # fmt: skip
def test_the_date_of_the_page_comes_before_that_of_the_record(
    tmp_path: Path, more: str, url: str, published: str, warned: bool
) -> None:
    page = html("Le port rouvre ses quais", more=more)
    (article,) = of(tmp_path, packed([Made(f"https://presse.example/{url}", page)]))
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.date().isoformat() == published
    assert (FETCHED in article.warnings) == warned


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    one = pages(1)[0]
    records = [
        one,
        Made(URL.format("copie"), one.body),
        Made(URL.format("revisit"), b"", "revisit"),
        Made(URL.format("gone"), html("Rien ici, la page est partie"), status="404 Not Found"),
        Made(URL.format("photo"), b"\x89PNG\r\n" + bytes(range(256)), headers={"Content-Type": "image/png"}),
        Made(URL.format("english"), html("The harbour opens again", ENGLISH, "en")),
        Made(URL.format("told"), html("The harbour is open", ENGLISH)),
        Made(URL.format("menu"), b"<html lang=fr><title>Accueil</title><body><a href=x>Accueil</a>"),
        Made(URL.format("asked"), b"GET / HTTP/1.1\r\n\r\n", "request"),
    ]
    assert [shown(item) for item in of(tmp_path, packed(records))] == [
        "port-0.html",
        "2 not in French",
        "1 no main text in the page",
        "1 the same content again",
        "1 revisits of pages that are stored elsewhere",
        "1 answers other than 200",
        "1 not HTML",
    ]


@pytest.mark.parametrize(
    ("lang", "header", "text", "taken"),
    [
        ("fr-FR", "", ENGLISH, True),
        ("en", "fr", FRENCH, False),
        ("", "fr", ENGLISH, True),
        ("", "en", FRENCH, False),
        ("", "", FRENCH, True),
        ("", "", ENGLISH, False),
    ],
)
def test_the_language_is_the_one_that_is_named(
    tmp_path: Path, lang: str, header: str, text: str, taken: bool
) -> None:
    headers = {"Content-Type": "text/html"} | ({"Content-Language": header} if header else {})
    items = of(
        tmp_path, packed([Made(URL.format(1), html("Le titre de la page", text, lang), headers=headers)])
    )
    assert isinstance(items[0], Article) == taken


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
        ({"Content-Encoding": "deflate"}, lambda data: zlib.compress(data)[2:-4]),
        ({"Content-Encoding": "gzip"}, lambda data: data),
        ({"Transfer-Encoding": "chunked"}, chunked),
        ({"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}, lambda d: chunked(gzip.compress(d))),
    ],
)  # fmt: skip
def test_content_is_unpacked(
    tmp_path: Path, coding: dict[str, str], encode: Callable[[bytes], bytes]
) -> None:
    page = html("Le port rouvre ses quais", lang="fr")
    record = Made(URL.format(1), encode(page), headers={"Content-Type": "text/html", **coding})
    (article,) = of(tmp_path, packed([record]))
    assert isinstance(article, Article)
    assert article.title == "Le port rouvre ses quais"


def test_the_encoding_of_the_answer_counts_where_the_page_names_none(tmp_path: Path) -> None:
    page = html("Les élèves à l’école de Noël", lang="fr").decode().replace("’", "'").encode("latin-1")
    record = Made(URL.format(1), page, headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    (article,) = of(tmp_path, packed([record]))
    assert isinstance(article, Article)
    assert article.title == "Les élèves à l'école de Noël"
    assert not [warning for warning in article.warnings if "encoding" in warning]


TEXT = f"Le port rouvre ses quais | Presse\nAccueil\nSport\n{FRENCH}\nTwitter\n{FRENCH[:90]}.\nContact\n"


@pytest.mark.parametrize("language", ["fra", ""])
def test_text_of_a_wet_archive(tmp_path: Path, language: str) -> None:
    more = {"WARC-Identified-Content-Language": language} if language else {}
    record = Made(
        URL.format(1), TEXT.encode(), "conversion", headers={"Content-Type": "text/plain"}, more=more
    )
    page = "Un titre assez long pour une page\n\n© Agence\nURL courte\n\nUne phrase.\n\nTags:\nport, quai\n"
    saved = Made(
        "https://presse.example/saved",
        page.encode(),
        "conversion",
        more={"WARC-Identified-Content-Language": "fra"},
    )
    article, second = of(tmp_path, packed([record, saved]), "a.warc.wet.gz")
    assert isinstance(article, Article)
    assert article.title == "Le port rouvre ses quais"
    assert article.body.count("\n\n") == 1
    assert "Accueil" not in article.body
    assert isinstance(second, Article)
    assert second.tags == ("port", "quai")


def test_a_name_that_is_not_the_site_stays_in_the_title(tmp_path: Path) -> None:
    text = TEXT.replace("| Presse", "– Nantes")
    (article,) = of(tmp_path, packed([Made(URL.format(1), text.encode(), "conversion")]))
    assert isinstance(article, Article)
    assert article.title == "Le port rouvre ses quais – Nantes"


def test_a_damaged_record_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    records = pages(4)
    parts = [gzip.compress(record.block(), mtime=0) for record in records]
    broken = bytearray(parts[1])
    broken[60:90] = b"\x00" * 30
    items = of(tmp_path, parts[0] + bytes(broken) + parts[2] + parts[3][:-40])
    at = [f"byte {sum(map(len, parts[:n]))}" for n in range(4)]
    assert isinstance(items[1], ReadError)
    assert items[1].position == at[1]
    assert [shown(item) for item in items[::2]] == ["port-0.html", "port-2.html"]
    assert isinstance(items[-1], ReadError)
    assert items[-1].position == at[3]
    assert "cut off" in items[-1].reason
    assert len(items) == 4


def test_damage_in_an_archive_that_is_not_packed(tmp_path: Path) -> None:
    parts = [record.block() for record in pages(5)]
    parts[1] = parts[1].replace(b"Content-Length: ", b"Content-Length: -")
    parts[2] = parts[2].replace(b"WARC-Target-URI", b"X")
    parts[4] = parts[4][:-200]
    items = of(tmp_path, b"".join(parts), "a.warc")
    at = [f"byte {sum(map(len, parts[:n]))}" for n in range(5)]
    broken = [item for item in items if isinstance(item, ReadError)]
    assert [shown(item) for item in items if isinstance(item, Article)] == ["port-0.html", "port-3.html"]
    assert {at[2], at[4]} <= {error.position for error in broken}
    assert all("damaged" in error.reason for error in broken)


def test_headers_without_an_end(tmp_path: Path) -> None:
    endless = b"WARC/1.0\r\n" + b"X-A: " + b"b" * 3_000_000
    items = of(tmp_path, endless + b"\r\n\r\n" + plain(pages(1)), "a.warc")
    assert [shown(item) for item in items] == [
        "!byte 0: the record is damaged (the headers are too long)",
        "port-0.html",
    ]


def test_content_that_unpacks_to_too_much(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html lang=fr>" + b" " * 60_000_000)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    items = of(tmp_path, packed([Made(URL.format("bomb"), bomb, headers=headers), *pages(1)]))
    assert [shown(item) for item in items] == [
        "!byte 0: longer than 20 MB, too long for a page",
        "port-0.html",
    ]


def test_content_in_a_packing_that_is_not_read(tmp_path: Path) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "zstd"}
    items = of(tmp_path, packed([Made(URL.format("z"), b"abc", headers=headers), *pages(1)]))
    assert [shown(item) for item in items] == [
        "!byte 0: the record is damaged (the content is packed as zstd, which is not read)",
        "port-0.html",
    ]


def test_an_archive_that_is_all_damage_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "MOST_DAMAGED", 5)
    items = of(tmp_path, b"WARC/1.0\r\nContent-Length: x\r\n\r\n" * 50, "a.warc")
    assert len(items) == 6
    assert shown(items[-1]).endswith("more than 5 damaged records: the rest is not read")
