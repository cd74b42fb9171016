"""The command `index`: build an index, keep it up to date, search it, look at it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import click

from indexer import build, jsonform, logs, persontable, terminal
from indexer.build import Recipe
from indexer.cli_call import Call, command, day, put
from indexer.cli_generations import COMMANDS
from indexer.cli_shares import Part, part_options
from indexer.cli_tags import tag_lines, tag_rows
from indexer.corpus import Corpus
from indexer.errors import ManchetteError, ReadError
from indexer.index import Index
from indexer.progress import Recorder, Remark, Report
from indexer.progressbar import progress_bar
from indexer.readers import Conventions
from indexer.readers.estimate import estimate
from indexer.settings import Settings

_log = logging.getLogger(logs.NAME)


class _Group(click.Group):
    """Print errors of ours as one line, without a traceback, and leave with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        return told(ctx, lambda: super(_Group, self).invoke(ctx))


def told(ctx: click.Context, invoke: Callable[[], Any]) -> Any:
    """Return what a command does; print an error of ours as one line and leave with a status of its own."""
    try:
        return invoke()
    except ManchetteError as error:
        _log.error("%s", error, extra={"error": type(error).__name__})
        ctx.exit(1)
    except KeyboardInterrupt:
        _log.error("interrupted; the index is as it was")
        ctx.exit(130)


_CORPUS = click.argument("corpus", nargs=-1, type=click.Path(path_type=Path))
_JOBS = click.option(
    "--jobs", type=click.IntRange(0), help="Processes that read and analyse; 0: one a processor."
)
_STRICT = click.option("--strict", is_flag=True, help="Take any broken file for an error; swap nothing then.")
_REPORT = click.option(
    "--report",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write every problem and warning into this file, as JSON lines.",
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--settings", type=click.Path(path_type=Path), help="Settings file (default: index.toml).")
@click.option("--index-dir", type=click.Path(path_type=Path), help="Folder of the index.")
@click.option(
    "--log-format",
    type=click.Choice(logs.FORMATS),
    default="text",
    envvar="MANCHETTE_LOG_FORMAT",
    help="What is said on standard error: lines, or a JSON object a line.",
)
@click.version_option(package_name="manchette", prog_name="index")
@click.pass_context
def main(ctx: click.Context, settings: Path | None, index_dir: Path | None, log_format: str) -> None:
    """Build and search an index of French news articles.

    Settings come from index.toml, then MANCHETTE_* environment variables, then options.
    """
    logs.configure(log_format)
    loaded = Settings.load(settings)
    ctx.obj = replace(loaded, index_dir=index_dir) if index_dir else loaded


@main.command()
@_CORPUS
@click.option("--engine", help="auto, whoosh, tantivy, opensearch or memory.")
@click.option("--persons", help="How persons are found: names, ner, tags or off.")
@_JOBS
@_STRICT
@_REPORT
@part_options
@command
def rebuild(
    call: Call,
    corpus: tuple[Path, ...],
    engine: str | None,
    persons: str | None,
    jobs: int | None,
    strict: bool,
    report: TextIO | None,
    shard: tuple[int, int] | None,
    finish: bool,
    abandon: bool,
) -> None:
    """Build a new index of all articles of CORPUS (files and folders) and swap it in."""
    settings = call.settings
    paths = corpus or settings.corpus
    read = Corpus(paths, _conventions(settings))
    recipe = Recipe(
        engine=engine or settings.engine,
        persons=persons or settings.persons,
        strict=strict,
        zone=settings.zone,
        jobs=settings.jobs if jobs is None else jobs,
        persons_file=settings.persons_file,
        recorder=_recorder(report),
        tags=settings.tags,
    )
    part = Part(shard, finish, abandon)
    shared = part.asked
    with progress_bar(estimate(paths), call.silent) as listener:
        if shared:
            done = part.run(settings.index_dir, read, recipe, listener)
        else:
            done = build.rebuild(settings.index_dir, read, recipe, listener)
    _tell(call, done)


@main.command()
@_CORPUS
@_JOBS
@_STRICT
@_REPORT
@command
def update(
    call: Call, corpus: tuple[Path, ...], jobs: int | None, strict: bool, report: TextIO | None
) -> None:
    """Add new, replace changed and remove vanished articles of CORPUS, the whole of it."""
    paths = corpus or call.settings.corpus
    with progress_bar(estimate(paths), call.silent) as listener:
        done = Index.update(
            call.settings.index_dir,
            Corpus(paths, _conventions(call.settings)),
            listener,
            persons_file=call.settings.persons_file,
            strict=strict,
            jobs=call.settings.jobs if jobs is None else jobs,
            recorder=_recorder(report),
            tags=call.settings.tags,
        )
    _tell(call, done)


@main.command()
@click.argument("words", nargs=-1)
@click.option("--tag", multiple=True, help="Only articles with this tag; repeated: any of them.")
@click.option("--person", multiple=True, help="Only articles that name this person; repeated: any of them.")
@click.option("--section", multiple=True, help="Only articles of this section; repeated: any of them.")
@click.option("--all-tags", is_flag=True, help="Articles that have every --tag, not any of them.")
@click.option("--all-persons", is_flag=True, help="Articles that name every --person, not any of them.")
@click.option("--from", "first", help="From this day on: 2018-11-18, 2018-11 or 2018.")
@click.option("--to", "last", help="Up to this day.")
@click.option("--undated", is_flag=True, help="Articles without a date (as well).")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option("--page", type=click.IntRange(1), default=1)
@click.option("--size", type=click.IntRange(0, 1000), default=10)
@command
def search(
    call: Call,
    words: tuple[str, ...],
    tag: tuple[str, ...],
    person: tuple[str, ...],
    section: tuple[str, ...],
    all_tags: bool,
    all_persons: bool,
    first: str | None,
    last: str | None,
    undated: bool,
    sort: str,
    page: int,
    size: int,
) -> None:
    """Search with the query language and the facets of the web pages."""
    settings = call.settings
    index = Index.open(settings.index_dir, synonyms=settings.synonyms)
    results = index.search(
        " ".join(words),
        tags=tag,
        persons=person,
        sections=section,
        all_tags=all_tags,
        all_persons=all_persons,
        first=day(first, "--from", 0),
        last=day(last, "--to", 1),
        undated=undated,
        sort=sort,
        page=page,
        size=size,
    )
    put(call, jsonform.results_row(results), terminal.results_text(results, index.zone))


@main.command()
@click.argument("id")
@command
def show(call: Call, id: str) -> None:
    """Print one article with all its fields."""
    index = Index.open(call.settings.index_dir)
    article = index.article(id)
    if article is None:
        raise ReadError(id, "no such article in the index")
    copies = index.copies(id)
    row = article.to_dict() | {
        key: list(ids) for key, ids in (("near_copies", copies.near), ("duplicates", copies.left_out)) if ids
    }
    lines = [f"{key}: {', '.join(value) if isinstance(value, list) else value}" for key, value in row.items()]
    put(call, row, "\n".join(lines))


@main.command()
@click.argument("id", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="A text instead; - reads standard input.")
@click.option("--limit", type=click.IntRange(1, 100), default=6)
@command
def related(call: Call, id: str | None, file: TextIO | None, limit: int) -> None:
    """Print the articles most like one, each with the reason."""
    if (id is None) == (file is None):
        raise click.UsageError("give either an ID or --file")
    index = Index.open(call.settings.index_dir)
    if file:
        try:
            found = index.related_to(file.read(), limit=limit)
        except UnicodeDecodeError as error:
            raise ReadError(file.name, f"not UTF-8 at byte {error.start}") from error
    elif index.article(id or "") is None:
        raise ReadError(id or "", "no such article in the index")
    else:
        found = index.related(id or "", limit)
    lines = [f"{item.article.id}\n  {item.article.title}\n  {item.reason}" for item in found]
    put(call, [jsonform.related_row(item) for item in found], "\n".join(lines))


@main.command()
@click.option("--like", is_flag=True, help="Only tags that may be the same as another.")
@click.option("--limit", type=click.IntRange(0), default=0, help="How many, 0 for all.")
@command
def tags(call: Call, like: bool, limit: int) -> None:
    """Print the tags with their counts, what they name, and which may be the same."""
    found = Index.open(call.settings.index_dir).tags(call.settings.tags)
    chosen = [tag for tag in found if tag.like or not like][: limit or None]
    put(call, tag_rows(chosen), tag_lines(chosen))


@main.command()
@click.option("--limit", type=click.IntRange(1), default=50, help="How many.")
@click.option("--doubtful", is_flag=True, help="What may be joined or dropped, as lines for persons.toml.")
@command
def persons(call: Call, limit: int, doubtful: bool) -> None:
    """Print the most frequent persons, the spellings joined in each and why."""
    index = Index.open(call.settings.index_dir)
    if doubtful:
        doubts = index.doubtful_persons(limit, call.settings.persons_file)
        put(call, persontable.doubts_rows(doubts), persontable.doubts_text(doubts))
    else:
        found = index.persons(limit)
        put(call, persontable.persons_rows(found), persontable.persons_text(found))


for each in COMMANDS:
    main.add_command(each)


def _conventions(settings: Settings) -> Conventions:
    return Conventions(settings.zone, settings.columns)


def _tell(call: Call, report: Report) -> None:
    """Print what a run did; problems go to standard error."""
    for line in terminal.problem_lines(report):
        _log.warning("%s", line)
    row = jsonform.report_row(report)
    _log.info("%s", terminal.report_line(report), extra={"report": row})
    if call.json or not call.quiet:
        put(call, row, terminal.report_line(report))


def _recorder(file: TextIO | None) -> Recorder | None:
    """Return what writes each remark of a run as a line, so that none has to be kept."""
    if file is None:
        return None

    def write(remark: Remark) -> None:
        file.write(json.dumps(jsonform.remark_row(remark), ensure_ascii=False) + "\n")

    return write
