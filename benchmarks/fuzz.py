"""Fuzz the query language, the URLs and the readers for a time, and print what failed.

    python -m benchmarks.fuzz --minutes 10 [--only words] [--atheris]

Each target is run in turns with Hypothesis, from a new seed each time; what it finds is printed as the
smallest input that fails. With `--atheris` one target runs under Atheris, which follows the coverage of the
code (`pip install 'manchette[fuzz]'`).
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType

import click
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import Article, Index, ReadError, fold_key, parse_period
from indexer.article import Article as ReadArticle
from indexer.french import Analyser
from indexer.parser import parse
from indexer.ranking import Options, compile_query
from indexer.readers import read
from indexer.skipped import Skipped
from searchapp import create_app
from searchapp.ids import id_to_path, path_to_id
from searchapp.parameters import NAMES, read_state

EXAMPLES = 200
"""Inputs of a target before it is the turn of the next."""

_PIECES = [
    "grève",
    "l’État",
    "le",
    "ET",
    "OU",
    "SAUF",
    "-",
    "(",
    ")",
    '"',
    "«",
    "»",
    "titre:",
    "date:",
    "..",
    "*",
]
_PIECES += ["~", "~2", "^2", "\0", " ", "  ", "2018-11", "31/02/2018", "porte-parole", "a@b.c", "@", "_", "'"]
_SUFFIXES = ["jsonl", "json", "html", "txt", "xml", "rss", "nitf", "csv", "tsv", "warc", "txt.gz", "zip"]
_BITS = [
    b"{",
    b"}",
    b"[",
    b"]",
    b'"title":',
    b"<html>",
    b"<p>",
    b"</p>",
    b"<rss>",
    b"<item>",
    b"\n",
    b",",
    b"\xff",
]
_BITS += [
    b"WARC/1.0\r\n",
    b"Content-Length: 5\r\n\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"<!DOCTYPE x [",
    b"]>",
]

WORDS = st.text(max_size=120) | st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=40).map(
    "".join
)
_PAIRS = st.lists(
    st.tuples(st.sampled_from([alias for names in NAMES.values() for alias in names]), st.text(max_size=30)),
    max_size=8,
)
_BYTES = st.binary(max_size=400) | st.lists(st.sampled_from(_BITS) | st.binary(max_size=8), max_size=40).map(
    b"".join
)


class Targets:
    """Hold what is fuzzed; each method takes one input and raises where something is wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._analyser = Analyser()
        articles = [Article(id=f"a{n}", title=f"Grève {n}", body="L’accord.", tags=("a",)) for n in range(20)]
        Index.rebuild(folder / "index", articles, engine="memory", persons="off")
        settings = {"MANCHETTE_INDEX_DIR": str(folder / "index"), "TESTING": True, "MANCHETTE_RATE": ""}
        self._client = create_app(settings).test_client()

    def words(self, text: str) -> None:
        """Parse and compile any text."""
        parsed = parse(text, self._analyser)
        compile_query(parsed.wanted)
        compile_query(parsed.wanted, Options(loosened=3))
        assert all(notice.message for notice in parsed.notices)
        parse_period(text)
        fold_key(text)

    def state(self, pairs: list[tuple[str, str]]) -> None:
        """Read any parameters, write them, and read the same again."""
        once = read_state(MultiDict(pairs)).state
        again = read_state(MultiDict(once.pairs()))
        assert again.state == once, (again.state, once)
        assert not again.problems, again.problems

    def ids(self, text: str) -> None:
        """Put any id into a path and take it out."""
        assert path_to_id(id_to_path(text)) == text

    def pages(self, pairs: list[tuple[str, str]]) -> None:
        """Ask the page and the API with any parameters."""
        sent = [(name, text.encode("utf-8", "replace").decode()) for name, text in pairs]
        for path in ("/", "/api/v1/search"):
            answer = self._client.get(path, query_string=sent)
            assert answer.status_code in {200, 400}, answer.status_code
            assert b"\0" not in answer.data

    def files(self, given: tuple[str, bytes]) -> None:
        """Read any bytes under the name of each format."""
        suffix, data = given
        path = self._folder / f"a.{suffix}"
        path.write_bytes(data)
        for item in read([path]):
            assert isinstance(item, ReadArticle | ReadError | Skipped)

    def all(self) -> dict[str, tuple[Callable[..., None], st.SearchStrategy[object]]]:
        """Return each target with what it is given."""
        return {
            "words": (self.words, WORDS),
            "state": (self.state, _PAIRS),
            "ids": (self.ids, st.text(max_size=60)),
            "pages": (self.pages, _PAIRS),
            "files": (self.files, st.tuples(st.sampled_from(_SUFFIXES), _BYTES)),
        }


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="How long.")
@click.option("--only", help="One target: words, state, ids, pages, files.")
@click.option("--atheris", is_flag=True, help="Follow coverage, one target (default: words).")
def main(minutes: float, only: str | None, atheris: bool) -> None:
    """Print how many inputs each target had, and what failed; the status is 1 where something did."""
    with tempfile.TemporaryDirectory() as folder:
        targets = Targets(Path(folder)).all()
        if only and only not in targets:
            raise click.BadParameter(f"there are {', '.join(targets)}", param_hint="--only")
        if atheris:
            _atheris(targets[only or "words"], only or "words", minutes)
            return
        chosen = {name: each for name, each in targets.items() if only in {None, name}}
        tried, failed = _rounds(chosen, minutes)
    for name in chosen:
        print(f"{name}: {tried[name]:,} inputs, {failed[name]} failures")
    sys.exit(1 if failed else 0)


def _rounds(
    targets: dict[str, tuple[Callable[..., None], st.SearchStrategy[object]]], minutes: float
) -> tuple[Counter[str], Counter[str]]:
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end and sum(failed.values()) < 20:
        for name, (target, strategy) in targets.items():
            if time.monotonic() >= end:
                break
            try:
                _round(target, strategy, tried, name)
            except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
                failed[name] += 1
                print(f"--- {name}\n{traceback.format_exc()}", flush=True)
    return tried, failed


def _round(
    target: Callable[..., None], strategy: st.SearchStrategy[object], tried: Counter[str], name: str
) -> None:
    @seed(secrets.randbits(32))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def once(given: object) -> None:
        tried[name] += 1
        target(given)

    once()


def _atheris(
    target: tuple[Callable[..., None], st.SearchStrategy[object]], name: str, minutes: float
) -> None:
    import atheris

    run, strategy = target

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def fuzzed(given: object) -> None:
        run(given)

    for function in _own_functions():
        atheris.instrument_func(function)
    # What Hypothesis draws comes from the bytes of Atheris, so both mutate the same kind of input.
    atheris.Setup([sys.argv[0], f"-max_total_time={int(60 * minutes)}"], fuzzed.hypothesis.fuzz_one_input)
    print(f"{name}: Atheris", flush=True)
    atheris.Fuzz()


def _own_functions() -> Iterator[FunctionType]:
    """Yield the functions and methods of this project: to follow those of all libraries takes minutes."""
    own = [
        module for name, module in list(sys.modules.items()) if name.startswith(("indexer.", "searchapp."))
    ]
    for module in own:
        for value in list(vars(module).values()):
            members = vars(value).values() if isinstance(value, type) else (value,)
            for each in members:
                if isinstance(each, FunctionType) and each.__module__ == module.__name__:
                    yield each


if __name__ == "__main__":
    main()
