"""The layers: imports point down only, and a library is imported in one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS = [
    ["errors", "failures", "dates", "datewords", "distance", "skipped", "collecting"],
    ["french"],
    ["article"],
    ["readers", "persons", "tagnames"],
    ["corpus"],
    ["query", "notices", "periods"],
    ["words", "lexer", "questions", "synonyms", "synonymsfile"],
    ["parser", "ranking"],
    ["engine", "lexicon", "budget", "timed"],
    ["engines"],
    ["lit"],
    ["snippet"],
    ["results", "progress", "highlight", "settings"],
    [
        "entries",
        "storedjson",
        "codes",
        "counts",
        "catalogue",
        "catalogue_writer",
        "visible",
        "visible_engine",
        "visible_catalogue",
        "draft",
        "key_terms",
        "near_copies",
        "titles",
        "signature",
        "copies",
    ],
    ["manifest", "related", "read_also", "story", "context", "spelling", "widening"],
    ["generations", "duplicates"],
    ["completion", "ahead", "joining", "snapshot", "request", "maintenance"],
    ["explain", "found", "respelling", "suggesting", "personlist", "profile", "taglist"],
    ["preparing"],
    ["worker", "workers", "builder", "sharedrows"],
    ["build", "searching"],
    ["sharing"],
    ["valuelist", "difference"],
    ["live"],
    ["opened"],
    ["articles"],
    ["index"],
    ["jsonform", "terminal", "persontable", "progressbar", "cli_shares", "cli_tags", "cli_diff", "logs"],
    ["cli_call", "cli_generations"],
    ["cli", "cli_mounts", "__main__"],
]
"""From the bottom to the top: a module imports from lower layers, and within its own."""

RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

ONE_PLACE = {
    "opensearchpy": {"indexer/engines/opensearch/connection.py"},
    "tantivy": {
        "indexer/engines/tantivy/commit.py",
        "indexer/engines/tantivy/engine.py",
        "indexer/engines/tantivy/translation.py",
    },
    "whoosh": {"indexer/engines/whoosh/segments.py"},
    "orjson": {"indexer/storedjson.py"},
    "snowballstemmer": {"indexer/french/stem.py"},
    "filelock": {"indexer/generations.py"},
    "spellchecker": {"indexer/french/dictionary.py"},
    "rapidfuzz": {"indexer/engines/whoosh/lexicon.py", "indexer/lexicon.py", "indexer/titles.py"},
    "tqdm": {"indexer/progressbar.py"},
    "flask_compress": {"searchapp/compression.py"},
    "warcio": {"indexer/readers/warc_records.py"},
    "sqlite3": {
        "indexer/catalogue.py",
        "indexer/catalogue_writer.py",
        "indexer/copies.py",
        "indexer/failures.py",
        "indexer/persons/answers.py",
    },
    "click": {
        "indexer/cli.py",
        "indexer/cli_call.py",
        "indexer/cli_generations.py",
        "indexer/cli_mounts.py",
        "indexer/cli_shares.py",
    },
    "feedparser": {"indexer/readers/feed.py"},
    "flask_babel": {"searchapp/language.py"},
    "ftfy": {"indexer/readers/mojibake.py"},
    "charset_normalizer": {"indexer/readers/encoding.py"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module in ("indexer", "searchapp"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "indexer").with_suffix("").parts
    return parts[0]


@pytest.mark.parametrize("path", modules("indexer"), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    layer = layer_of(path)
    if layer == "__init__":
        return
    assert layer in RANK, f"{path} belongs to no layer"
    for name in imports(path):
        if name == "indexer":
            continue
        if name.startswith("indexer."):
            other = name.split(".")[1]
            assert RANK[other] <= RANK[layer], f"{path.name} imports {name}, which is above it"
        assert not name.startswith(("searchapp", "flask")), f"{path} imports {name}"


@pytest.mark.parametrize("path", modules("searchapp"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_front_end_imports_public_names_only(path: Path) -> None:
    import indexer

    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("indexer"):
            assert node.module == "indexer", f"{path} imports from {node.module}"
            assert {alias.name for alias in node.names} <= set(indexer.__all__)


def test_a_library_is_imported_in_one_place() -> None:
    found = defaultdict(set)
    for path in modules("indexer") + modules("searchapp"):
        for name in imports(path):
            found[name.split(".")[0]].add(path.relative_to(ROOT).as_posix())
    for library, places in ONE_PLACE.items():
        assert found[library] <= places, library
    assert all(place.startswith("indexer/readers/") for place in found["trafilatura"] | found["lxml"])


@pytest.mark.parametrize("package", ["indexer", "searchapp"])
def test_public_names_are_listed(package: str) -> None:
    for path in (ROOT / package).rglob("__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        listed = [node for node in tree.body if isinstance(node, ast.Assign)]
        names = [
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module != "__future__"
            for alias in node.names
        ]
        only_imports = all(
            isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.Expr) for node in tree.body
        )
        if only_imports and names:
            assert sorted(ast.literal_eval(listed[0].value)) == sorted(names), path


def test_no_module_is_called_utils() -> None:
    bad = {"utils", "helpers", "common", "base", "misc"}
    assert not [path for path in modules("indexer") + modules("searchapp") if path.stem in bad]


@pytest.mark.parametrize("package", ["indexer", "searchapp"])
def test_nothing_slow_is_imported_with_the_package(package: str) -> None:
    slow = ["trafilatura", "tantivy", "whoosh", "spacy", "numpy", "htmldate", "spellchecker", "feedparser"]
    slow += ["ftfy", "lxml", "warcio", "charset_normalizer", "tqdm", "indexer.readers", "gunicorn"]
    code = f"import sys, {package}; print([name for name in {slow!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
