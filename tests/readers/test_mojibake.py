"""Letters that were decoded wrongly are mended; letters that are meant are left alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.readers import read
from indexer.readers.mojibake import repair

TEXTS = [
    "L’été à Nîmes : « cœur », œuvre, 12 €",
    "Où ça ? Là-bas, déjà… à l’Élysée",
    "Noël à Besançon – l’âge d’or",
    "À la une, Ève et Œdipe",
    "Ça coûte 3 £ à Pâques",
]
MEANT = [
    *TEXTS,
    *(text.upper() for text in TEXTS),
    "« déjà »",
    "«DÉCÉDÉ»",
    "UN CÔTÉ… UN CHÂTEAU… UNE CLÉ’",
    "São Paulo, SÃO TOMÉ, João, MAÇÃ, NÃO",
    "La lettre Ã se lit « an nasal » ; « Â » est un a long, â aussi.",
    "Ñandú, Ångström, È vero, Ðorđe",
    "PRIX : 12 É€",
    "Le 1er décembre à 9 h – 10 h, il a dit : «là».",
]
LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ"
CASES = [str.lower, str.capitalize, str.upper]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_utf_8_read_as_something_else_is_mended(text: str, encoding: str) -> None:
    try:
        spoilt = text.encode().decode(encoding)
    except UnicodeDecodeError:
        spoilt = text.encode().decode("latin-1")
    assert repair(spoilt) == text


def test_letters_of_windows_in_latin_1_are_mended() -> None:
    assert repair("au c\x9cur, pour 12 \x80") == "au cœur, pour 12 €"


# Of capitals with an accent words end in É, À and Ù only: others before a space that does not break are what
# another letter becomes. Nor does « œ » or « ÿ » follow a letter with an accent.
WORDS = (
    st.builds(
        lambda word, case: case(word), st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(CASES)
    )
    .filter(lambda word: word[-1] in "ÉÀÙ" or word[-1].isascii() or word[-1].islower())
    .filter(lambda word: not re.search(r"[^\x00-\x7f][œŒÿŸ]", word))
)


@given(
    st.lists(WORDS, max_size=20),
    st.sampled_from([" ", " – ", ", ", "\u00a0: "]),
)
def test_words_of_french_letters_stay(words: list[str], between: str) -> None:
    text = between.join(words)
    assert repair(text) == text
    assert repair(f"« {text} »") == f"« {text} »"


def test_it_is_said_and_ids_are_left_alone(tmp_path: Path) -> None:
    row = {"id": "Ã©tÃ©", "title": "L'Ã©tÃ©", "tags": ["NÃ®mes", "mer"], "body": "Déjà."}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (article,) = read([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert (article.id, article.title, article.tags, article.body) == (
        "Ã©tÃ©",
        "L'été",
        ("Nîmes", "mer"),
        "Déjà.",
    )
    assert article.warnings == ("letters that had been decoded wrongly were mended: title, tags",)
