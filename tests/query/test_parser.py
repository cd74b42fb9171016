"""The query language: what each text is read as, and that any text is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.french import Analyser
from indexer.notices import Kind, Notice
from indexer.parser import MAX_OPEN, MAX_WORDS, parse
from indexer.periods import Period, parse_period
from indexer.ranking import Options, compile_query, minimum
from indexer.words import Bag, Both, Dates, Either, Near, Quoted, Start, Wanted, Without, Word, leaves

CASES = tomllib.loads(Path(__file__).with_name("parses.toml").read_text(encoding="utf-8"))["case"]
ANALYSER = Analyser()


def short(wanted: Wanted | None) -> str:
    match wanted:
        case None:
            return "(nothing)"
        case Word(text, tokens, _, field):
            return _field(field) + (text if len(tokens) == 1 else ".".join(_texts(text, tokens)))
        case Start(_, form, field):
            return f"{_field(field)}{form}*"
        case Near(_, form, edits, field):
            return f"{_field(field)}{form}~{edits}"
        case Quoted(text, _, field):
            return f"{_field(field)}«{text}»"
        case Dates(first, last):
            return f"{first or ''}..{last or ''}"
        case Bag(parts):
            return f"[{' '.join(map(short, parts))}]"
        case Both(parts):
            return f"({' + '.join(map(short, parts))})"
        case Either(parts):
            return f"({' | '.join(map(short, parts))})"
        case Without(part):
            return f"!{short(part)}"


def _field(field: str) -> str:
    return f"{field}:" if field else ""


def _texts(text: str, tokens: tuple[Any, ...]) -> list[str]:
    offset = tokens[0].start
    return [text[token.start - offset : token.end - offset] for token in tokens]


@pytest.mark.parametrize("case", CASES, ids=[case["words"] or "nothing" for case in CASES])
def test_parse(case: dict[str, Any]) -> None:
    parsed = parse(case["words"], ANALYSER)
    assert short(parsed.wanted) == case["wanted"]
    said = [f"{notice.kind}: {', '.join(notice.words)}" for notice in parsed.notices]
    assert said == case.get("notices", [])


@pytest.mark.parametrize("kind", list(Kind))
def test_every_notice_is_a_french_sentence(kind: Kind) -> None:
    assert Notice(kind, ("mot",)).message.endswith(".")


def test_long_and_deep_texts_are_cut_and_said_so() -> None:
    many = parse(" ".join(f"mot{n}" for n in range(300)), ANALYSER)
    assert Kind.TOO_LONG in {notice.kind for notice in many.notices}
    assert many.wanted is not None
    assert len(list(leaves(many.wanted))) == MAX_WORDS
    deep = parse("(" * 500 + "grève" + ")" * 500, ANALYSER)
    assert Kind.TOO_DEEP in {notice.kind for notice in deep.notices}
    assert parse("a" * 100_000, ANALYSER).notices == (Notice(Kind.TOO_LONG),)


def test_no_search_is_wider_than_its_words_are_many() -> None:
    compounds = parse(" ".join(["a1-b2-c3-d4-e5-f6"] * 60), ANALYSER)
    quoted = parse('"' + "de la " * 200 + '"', ANALYSER)
    one = parse("-".join(f"mot{n}" for n in range(200)), ANALYSER)
    for parsed in (compounds, quoted, one):
        assert parsed.wanted is not None
        assert (
            sum(len(leaf.tokens) for leaf in leaves(parsed.wanted) if isinstance(leaf, Word | Quoted)) <= 64
        )
        assert Kind.TOO_LONG in {notice.kind for notice in parsed.notices}
    many = parse(" ".join(f"mot{n}*" for n in range(40)), ANALYSER)
    assert many.wanted is not None
    assert sum(isinstance(leaf, Start | Near) for leaf in leaves(many.wanted)) == MAX_OPEN
    assert Kind.TOO_OPEN in {notice.kind for notice in many.notices}


PIECES = [
    *("grève", "l’État", "é", "le", "C++", "10 000", "ET", "OU", "SAUF", "-", "(", ")", '"', "«", "»"),
    *("titre:", "tag:", "date:", "2018-11", "31/02/2018", "..", "*", "~", "/", "^2", "\0", " ", " ", " "),
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_parses_and_compiles(text: str) -> None:
    parsed = parse(text, ANALYSER)
    compile_query(parsed.wanted)
    compile_query(parsed.wanted, Options(loosened=2))
    assert all(notice.message for notice in parsed.notices)


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_none(text: str) -> None:
    period = parse_period(text)
    if period and period.first and period.last:
        assert period.first <= period.last


def test_days_that_do_not_exist_are_no_period() -> None:
    assert parse_period("2018-11-31") is None
    assert parse_period("2018-13") is None
    assert parse_period("2019-02-29..2019-03-01") is None
    assert parse_period("..") is None
    leap = parse_period("2020-02")
    assert isinstance(leap, Period)
    assert leap.last is not None
    assert leap.last.day == 29


@pytest.mark.parametrize(("words", "least"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4)])
def test_more_than_half_of_the_words(words: int, least: int) -> None:
    assert minimum(words, Options()) == least
    assert minimum(words, Options(loosened=1)) == max(1, least - 1)
    assert minimum(words, Options(loosened=9)) == 1
