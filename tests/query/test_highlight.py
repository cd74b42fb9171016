"""Highlighting: the right words of the original text, and nothing but safe HTML."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.french import Analyser
from indexer.highlight import Highlighter
from indexer.parser import parse
from indexer.snippet import SNIPPET

CASES = tomllib.loads(Path(__file__).with_name("highlights.toml").read_text(encoding="utf-8"))["case"]
ANALYSER = Analyser()


def highlighter(words: str) -> Highlighter:
    return Highlighter(parse(words, ANALYSER).wanted, ANALYSER)


@pytest.mark.parametrize("case", CASES, ids=[case["words"] for case in CASES])
def test_marks(case: dict[str, str]) -> None:
    marked = str(highlighter(case["words"]).mark(case["text"]))
    assert marked.replace("<mark>", "[").replace("</mark>", "]") == case["marked"]


def test_the_text_is_escaped_and_its_own_marks_are_not_trusted() -> None:
    marked = str(highlighter("pas & script").mark('<mark>pas</mark> <script>alert("x")</script>'))
    assert "<script>" not in marked
    assert marked.startswith("&lt;mark&gt;<mark>pas</mark>&lt;/mark&gt;")


def test_the_snippet_is_the_densest_piece_between_whole_words() -> None:
    filler = "Un paragraphe sans rien de ce qui est cherché ici. " * 20
    text = f"{filler}La grève est longue. {filler}La grève de la SNCF continue à Paris. {filler}"
    snippet = str(highlighter("grève sncf paris").snippet((text,)))
    assert all(f"<mark>{word}</mark>" in snippet for word in ("grève", "SNCF", "Paris"))
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    inside = html.unescape(re.sub("</?mark>", "", snippet)).strip("…")
    assert f" {inside} " in f" {text} "
    assert len(inside) < SNIPPET + 80


def test_without_a_word_found_the_snippet_is_the_beginning() -> None:
    text = "Premier mot, deuxième mot, " * 30
    snippet = str(highlighter("").snippet(("", text)))
    assert snippet.startswith("Premier mot")
    assert snippet.endswith("…")
    assert str(highlighter("rien").snippet(("Court.",))) == "Court."
    assert str(highlighter("rien").snippet(())) == ""


def test_an_article_has_all_its_texts_marked() -> None:
    article = Article(id="a", title="La grève", lede="Une grève longue.", body="Un mot.\n\nLes grèves.")
    shown = highlighter("grève").article(article)
    assert str(shown.title) == "La <mark>grève</mark>"
    assert [str(part) for part in shown.paragraphs] == ["Un mot.", "Les <mark>grèves</mark>."]
    assert shown.words == ("grève", "grèves")


@given(st.text(max_size=120), st.text(max_size=30))
def test_marks_change_nothing_of_any_text(text: str, words: str) -> None:
    light = highlighter(words)
    for marked in (str(light.mark(text)), str(light.snippet((text,)))):
        plain = marked.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in plain
        assert marked.count("<mark>") == marked.count("</mark>")
    whole = str(light.mark(text)).replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(whole) == html.unescape(html.escape(text))
