"""The table of words → terms, and what must hold for any text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.french import GAP, Analyser, Heads, fold, fold_key, stem, stop_words
from indexer.french.chunks import CHUNK, split_at_blanks
from indexer.french.fold import _fold

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _rows() -> list[list[str]]:
    text = Path(__file__).with_name("words.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    return [_ESCAPE.sub(lambda found: chr(int(found[1], 16)), line).split("\t") for line in lines]


ROWS = _rows()
ANALYSER = Analyser()


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 150


@pytest.mark.parametrize(("text", "exact", "stems"), ROWS, ids=[row[0] for row in ROWS])
def test_terms(text: str, exact: str, stems: str) -> None:
    terms = ANALYSER.terms(text)
    assert terms.exact == exact.split()
    assert terms.stems == stems.split()


@pytest.mark.parametrize(("text", "exact", "stems"), ROWS, ids=[row[0] for row in ROWS])
def test_capitals_and_apostrophes_make_no_difference(text: str, exact: str, stems: str) -> None:
    del stems
    assert ANALYSER.terms(text.replace("'", "’").upper()).exact == exact.split()


JOINED = [
    "sécurité securite SÉCURITÉ",
    "grève grèves",
    "cheval chevaux",
    "étranger étrangère étrangers étrangères",
    "premier première premières",
    "travail travaux",
    "loi lois",
    "euro euros",
    "élu élue élus élues",
    "français française françaises FRANÇAIS francais",
    "manifestation manifestations",
    "œuvre oeuvres",
    "actif actifs active actives",
]
PARTED = ["France franc", "mal Mali", "Chine chien", "port porte", "parti partie", "politique politesse"]


@pytest.mark.parametrize("words", JOINED)
def test_inflections_have_one_stem(words: str) -> None:
    assert len({stem(fold(word)) for word in words.split()}) == 1


@pytest.mark.parametrize("words", PARTED)
def test_other_words_have_another_stem(words: str) -> None:
    one, other = words.split()
    assert stem(fold(one)) != stem(fold(other))


def test_offsets_are_those_of_the_original_text() -> None:
    text = "À İstanbul, l’e\u0301lection du gou\u00adver\u00adne\u00adment : 10\u202f000 voix"
    found = {token.exact: text[token.start : token.end] for token in ANALYSER.tokens(text)}
    assert found["election"] == "e\u0301lection"
    assert found["gouvernement"] == "gou\u00adver\u00adne\u00adment"
    assert found["10000"] == "10\u202f000"
    assert found["istanbul"] == "İstanbul"


def test_homonyms_are_no_stop_words() -> None:
    assert not stop_words() & {"est", "ete", "avions", "aura", "sommes", "or", "son", "as", "car"}
    assert {"le", "la", "les", "de", "et", "a", "un"} <= stop_words()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Santé", "sante"), ("Jean-Paul Belmondo", "JEAN PAUL  BELMONDO"), ("l’Élysée", "L'Elysee")],
)
def test_spellings_of_a_value_have_one_key(one: str, other: str) -> None:
    assert fold_key(one) == fold_key(other)


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.lists(
    st.sampled_from(
        ["l’", "D'", "été", "Covid-19", "10 000", ".", "-", "'", "O.N.U.", "AT&T", "·", " ", "ʼ"]
    ),
    max_size=12,
).map("".join)


@given(TEXT)
def test_any_text_has_tokens_in_order_inside_it(text: str) -> None:
    at = 0
    for chunk in ANALYSER.chunks(text):
        assert at <= chunk.start <= chunk.end <= len(text)
        for token in chunk.tokens:
            assert at <= token.start < token.end <= chunk.end
            at = token.start
            assert token.exact
            assert token.stem
            assert not re.search(r"\s", token.exact + token.stem)
        at = chunk.end


@given(TEXT)
def test_terms_and_tokens_agree(text: str) -> None:
    terms = ANALYSER.terms(text)
    tokens = ANALYSER.tokens(text)
    assert terms.exact[: len(tokens)] == [token.exact for token in tokens]
    assert terms.stems[: len(tokens)] == [token.stem for token in tokens]
    assert all(term == GAP for term in terms.exact[len(tokens) :: 2])
    assert len(terms.exact) == len(terms.stems)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aàâeéèêëiîïoôuùûüÿçœæ'’- ", max_size=40))
def test_accents_and_composition_make_no_difference(text: str) -> None:
    plain = ANALYSER.terms(text).exact
    assert ANALYSER.terms(unicodedata.normalize("NFD", text)).exact == plain
    assert ANALYSER.terms(fold(text)).exact == plain


@pytest.mark.parametrize(("text", "exact", "stems"), ROWS, ids=[row[0] for row in ROWS])
def test_heads_find_where_a_term_begins(text: str, exact: str, stems: str) -> None:
    del exact, stems
    padded = f"Un texte, {text} et la suite"
    for chunk in ANALYSER.chunks(padded):
        for token in (*chunk.tokens, *([chunk.joined] if chunk.joined else [])):
            for term in (token.exact, token.stem):
                assert any(chunk.start <= at <= token.start for at in Heads([term]).places(padded))
            assert ANALYSER.chunk_around(padded, token.start) == chunk


@given(st.text(alphabet="aàâeéèêiîoôuùûçœæ'’-nstrlx. ", max_size=30))
def test_heads_miss_no_word(text: str) -> None:
    for token in ANALYSER.tokens(text):
        chunks = [ANALYSER.chunk_around(text, at) for at in Heads([token.stem]).places(text)]
        assert any(chunk and token in chunk.tokens for chunk in chunks)


@given(st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=30))
def test_heads_miss_no_word_of_any_text(text: str) -> None:
    for chunk in ANALYSER.chunks(text):
        for token in chunk.tokens:
            for term in (token.exact, token.stem):
                assert any(ANALYSER.chunk_around(text, at) == chunk for at in Heads([term]).places(text))


@given(st.text())
def test_letters_that_are_folded_one_by_one_fold_as_the_text_does(text: str) -> None:
    assert fold(text) == (text.lower() if text.isascii() else _fold(text))


def test_every_letter_of_latin_is_folded_by_itself() -> None:
    for code in (*range(0x80, 0x250), *range(0x2010, 0x2020)):
        letter = chr(code)
        assert fold(f"a{letter}é{letter}") == _fold(f"a{letter}é{letter}")


@given(st.text(st.sampled_from("aéÉU7041.,'’-+#& \u00a0\u202f\u2009\n\x00\u00ad_")))
def test_no_chunk_is_cut_at_a_blank(text: str) -> None:
    whole = CHUNK.findall(text)
    parts = [chunk for piece in split_at_blanks(text) for chunk in CHUNK.findall(piece)]
    blanks = re.compile("[ \u00a0\u202f\u2009]")
    assert parts == [blanks.sub(" ", chunk) for chunk in whole]


@given(st.text(st.sampled_from("aéÉU7041.,'’ʼ-+#&()[]«»“”\"…!?;:–— \u00a0\n_")) | st.text(max_size=12))
def test_an_index_has_the_terms_of_the_chunks(text: str) -> None:
    chunks = list(ANALYSER.chunks(text))
    tokens = [token for chunk in chunks for token in chunk.tokens]
    joined = [chunk.joined for chunk in chunks if chunk.joined]
    terms = Analyser().terms(text)  # a new one, which has met no piece before
    assert terms.exact == [token.exact for token in tokens] + [
        term for token in joined for term in (GAP, token.exact)
    ]
    assert terms.stems == [token.stem for token in tokens] + [
        term for token in joined for term in (GAP, token.stem)
    ]
