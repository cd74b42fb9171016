"""The catalogues: complete, in step with the sources, compiled, their holes and marks right."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from searchapp.catalogues import DOMAIN, FOLDER, FRENCH, LANGUAGES

ROOT = Path(__file__).parents[2]
HOLE = re.compile(r"\{\w+\}")
TRANSLATED = [language for language in LANGUAGES if language != FRENCH]


def file_of(language: str, kind: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def catalogue(language: str) -> Catalog:
    with file_of(language, "po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return what the command of the Makefile extracts from the sources."""
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    line = next(line for line in makefile.splitlines() if line.startswith("\t$(BABEL) extract"))
    arguments = shlex.split(line.replace("$(MESSAGES)", str(target)))[1:]
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)
    with target.open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_just_the_texts_of_the_sources(extracted: Catalog, language: str) -> None:
    wanted = {message.id for message in extracted if message.id}
    assert len(wanted) > 150
    assert {message.id for message in messages(language)} == wanted, "run make catalogues"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated(language: str) -> None:
    for message in messages(language):
        assert all(forms(message.string)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_holes_of_the_text(language: str) -> None:
    for message in messages(language):
        holes = [set(HOLE.findall(form)) for form in forms(message.id)]
        assert set(HOLE.findall(forms(message.string)[-1])) == holes[-1], message.id
        assert all(set(HOLE.findall(form)) <= set().union(*holes) for form in forms(message.string))


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    assert file_of(language, "mo").read_bytes() == compiled.getvalue(), "run make catalogues"


def test_texts_have_the_marks_of_their_language() -> None:
    for message in messages("en"):
        for french in forms(message.id):
            assert "'" not in french
            assert not re.search(r"[^ ][;!?»]|«[^ ]|[\u00a0\u202f]", french), f"{french}: plain spaces"
        for english in forms(message.string):
            assert not re.search(r"[«»'\u00a0\u202f]| [:;!?%](?=\W|$)", english)
