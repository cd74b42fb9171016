"""Whatever is in a file, reading it gives articles and errors, and never another exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import read
from indexer.skipped import Skipped

PAGE_PARTS = [
    *("", "Ecoutez Radio Belvédère", "Une légende sous la photo", "Un titre assez long pour une page"),
    *("© Agence . Nom", "Régions", "URL courte", "2111", "Par Jean Dupont", "18 novembre 2018"),
    *("Une phrase du texte, qui finit bien. " * 4, "Lire aussi:", "Lire aussi : un titre", "Tags:"),
    *("Tags: a, b", "a, b (c, d", "e), f", ",", "Règles de conduite"),
]
HTML_PARTS = [
    *(
        "<html lang=fr>",
        "<title>Un titre – Site</title>",
        "<h1>Un titre assez long</h1>",
        "<article>",
        "<!--",
    ),
    *(
        "</article>",
        "<p class=chapo>" + "mot " * 20,
        "<p>" + "du texte pour la page " * 20,
        "&amp;amp;",
        "-->",
    ),
    "<div class=caption>Port © Agence</div>",
    "<figure><figcaption>Un port (Photo Agence)</figcaption></figure>",
    "<h2>À lire aussi</h2><ul><li><a href=x>Un titre de lien assez long</a></ul>",
    *("<a rel=tag href=x>port</a>", "<time datetime=2018-01-01>1er janvier</time>"),
    *('<script type="application/ld+json">', "</script>"),
    '{"@type":"NewsArticle","author":{"@id":"a"},"keywords":[1,{}]}',
    *('<meta property="article:tag" content="a, b">', '<link rel=canonical href="http://[">'),
]
XML_PARTS = [
    *("<nitf>", "</nitf>", "<body>", "<body.content>", "<p>", "</p>", "<hl1>Titre</hl1>", "<head>"),
    *("<newsItem guid='a'>", "</newsItem>", "<contentMeta>", "</contentMeta>", "<headline>Titre</headline>"),
    *("<contentSet>", "<inlineXML>", "<inlineData>", "<NewsML>", "<NewsItem>", "<NewsComponent>"),
    *("<HeadLine>Titre</HeadLine>", "<ContentItem><DataContent>", "<rss>", "<channel>", "<item>"),
    *("</item>", "<title>Titre</title>", "<pubDate>hier</pubDate>", "<description>", "<![CDATA[", "]]>"),
    *("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>"),
    *("<?xml version='1.0' encoding='utf-16'?>", "<!--", "xml:lang='fr'", "&eacute;", "&a;", "<docdata>"),
    *("<firstCreated>9999-12-31T23:59:59-12:00</firstCreated>", "<date.issue norm='99999999T999999'/>"),
]
TABLE_PARTS = [
    *("titre,texte,date\n", "titre;texte;url\n", "title\tbody\n", '"', '""', ",", ";", "\t", "\n", "\r\n"),
    *("Un titre", "18/11/2018", "30 février 2019", "a, b (c, d", "\x00", "\x85", "\u2028", "é"),
]
KEYS = ["id", "title", "date", "published", "tags", "body", "url", "warnings", "author", "read_also"]
NINJS = [
    "uri",
    "headline",
    "headlines",
    "bodies",
    "value",
    "role",
    "subject",
    "associations",
    "type",
    "pubStatus",
]

ROWS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
        | st.dictionaries(st.sampled_from(NINJS), inner, max_size=6)
    ),
    max_leaves=10,
)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for item in read([path]):
        assert isinstance(item, Article | ReadError | Skipped)
        if isinstance(item, Article):
            json.dumps(item.to_dict(), ensure_ascii=False).encode()
        else:
            str(item).encode()


@quick
@given(st.lists(st.sampled_from(PAGE_PARTS) | st.text(max_size=80), max_size=20))
def test_any_text_as_a_page(tmp_path: Path, parts: list[str]) -> None:
    check(tmp_path / "a.txt", "\n".join(parts).encode("utf-8", "surrogatepass"))


@settings(quick, max_examples=60)
@given(st.lists(st.sampled_from(HTML_PARTS) | st.text(max_size=20), max_size=20))
def test_any_markup_as_html(tmp_path: Path, parts: list[str]) -> None:
    check(tmp_path / "a.html", "".join(parts).encode("utf-8", "surrogatepass"))


@quick
@given(st.lists(ROWS, max_size=4))
def test_any_values_as_json_lines(tmp_path: Path, rows: list[object]) -> None:
    check(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)).encode())


@quick
@given(st.lists(ROWS, max_size=4), st.sampled_from([None, 1]), st.integers(0, 400), st.text(max_size=2))
def test_any_array(tmp_path: Path, rows: list[object], indent: int | None, at: int, cut: str) -> None:
    text = json.dumps(rows, indent=indent)
    check(tmp_path / "a.json", text.encode())
    check(tmp_path / "a.json", f"{text[:at]}{cut}{text[at + 3 :]}".encode("utf-8", "surrogatepass"))


@quick
@given(st.lists(st.sampled_from(XML_PARTS) | st.text(max_size=8), max_size=16))
def test_any_markup_as_xml(tmp_path: Path, parts: list[str]) -> None:
    check(tmp_path / "a.xml", "".join(parts).encode("utf-8", "surrogatepass"))


@quick
@given(st.lists(st.sampled_from(TABLE_PARTS) | st.text(max_size=8), max_size=30))
def test_any_cells_as_a_table(tmp_path: Path, parts: list[str]) -> None:
    check(tmp_path / "a.csv", "".join(parts).encode("utf-8", "surrogatepass"))
    check(tmp_path / "a.csv", ("titre,texte\n" + "".join(parts)).encode("utf-8", "surrogatepass"))


NAMES = ["a.jsonl", "a.html", "a.txt", "a", "a.txt.gz", "a.json", "a.xml", "a.rss", "a.nitf", "a.csv"]


@pytest.mark.parametrize("name", NAMES)
@settings(quick, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    check(tmp_path / name, data)
