"""What templates.md says of blocks and fields: the code, beside the descriptions in templates.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from jinja2 import Environment, nodes

from searchapp import api_parts, article_parts, date_parts, embedding, frame, pages, parts

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "searchapp" / "templates" / "searchapp"


def described() -> dict[str, dict[str, str]]:
    """Return the descriptions: of blocks, of fields that mean the same everywhere, of those of each class."""
    return tomllib.loads((HERE / "templates.toml").read_text(encoding="utf-8"))


def blocks() -> dict[str, list[str]]:
    """Return for each block the templates that have it."""
    found: dict[str, list[str]] = {}
    for file in sorted(TEMPLATES.glob("*.html")):
        for block in (
            Environment(autoescape=True).parse(file.read_text(encoding="utf-8")).find_all(nodes.Block)
        ):
            found.setdefault(block.name, []).append(file.name)
    return dict(sorted(found.items()))


def classes() -> dict[str, type]:
    """Return the dataclasses of the context: the frame, the pages, the pieces, then their parts."""
    own = [embedding.Piece, embedding.Embedded]
    named = [
        each
        for module in (pages, parts, date_parts, article_parts, api_parts)
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == module.__name__
    ]
    first = [frame.Frame, *(each for each in named if each.__module__ == pages.__name__), *own]
    return {each.__name__: each for each in (*first, *named)}


def block_rows() -> Iterator[str]:
    """Yield the table of blocks."""
    meanings = described()["blocks"]
    yield "| block | in | |\n| --- | --- | --- |\n"
    for name, files in blocks().items():
        yield f"| `{name}` | {', '.join(f'`{file}`' for file in files)} | {meanings[name]} |\n"


def field_rows() -> Iterator[str]:
    """Yield a heading and a table for each class of the context."""
    known = described()
    for name, each in classes().items():
        meanings = known["common"] | known.get(name, {})
        doc = " ".join((each.__doc__ or "").split())
        yield f"### `{name}`\n\n{doc}\n\n| field | type | |\n| --- | --- | --- |\n"
        for field in fields(each):
            kind = str(field.type).replace(" | ", " or ")
            yield f"| `{field.name}` | `{kind}` | {meanings[field.name]} |\n"
        yield "\n"
