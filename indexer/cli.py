"""The command `index`: build an index, keep it up to date, search it, look at it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from indexer import build, jsonform, logs, persontable, terminal
from indexer.build import Recipe
from indexer.cli_diff import difference_row, difference_text
from indexer.cli_shares import Part, part_options
from indexer.cli_tags import tag_lines, tag_rows
from indexer.corpus import Corpus
from indexer.difference import differ
from indexer.errors import ManchetteError, ReadError
from indexer.generations import Generations
from indexer.index import Index
from indexer.maintenance import check, roll_back
from indexer.periods import parse_period
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


@dataclass(frozen=True, slots=True)
class _Call:
    """Hold what every command is told."""

    settings: Settings
    json: bool
    quiet: bool
    log_format: str

    @property
    def silent(self) -> bool:
        """Tell whether no progress is shown."""
        return self.quiet or self.json or self.log_format == "json"


def _command(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command has, and give it a _Call instead of them."""

    def call(index_dir: Path | None, as_json: bool, quiet: bool, **options: Any) -> None:
        context = click.get_current_context()
        settings: Settings = context.find_object(Settings) or Settings.load()
        if index_dir:
            settings = replace(settings, index_dir=index_dir)
        log_format = context.find_root().params.get("log_format", "text")
        function(_Call(settings, as_json, quiet, log_format), **options)

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    call.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option("--index-dir", type=click.Path(path_type=Path), help="Folder of the index."),
    ):
        call = option(call)
    return call


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
@_command
def rebuild(
    call: _Call,
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
@_command
def update(
    call: _Call, corpus: tuple[Path, ...], jobs: int | None, strict: bool, report: TextIO | None
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
@_command
def search(
    call: _Call,
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
        first=_day(first, "--from", 0),
        last=_day(last, "--to", 1),
        undated=undated,
        sort=sort,
        page=page,
        size=size,
    )
    _print(call, jsonform.results_row(results), terminal.results_text(results, index.zone))


@main.command()
@click.argument("id")
@_command
def show(call: _Call, id: str) -> None:
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
    _print(call, row, "\n".join(lines))


@main.command()
@click.argument("id", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="A text instead; - reads standard input.")
@click.option("--limit", type=click.IntRange(1, 100), default=6)
@_command
def related(call: _Call, id: str | None, file: TextIO | None, limit: int) -> None:
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
    _print(call, [jsonform.related_row(item) for item in found], "\n".join(lines))


@main.command()
@click.option("--like", is_flag=True, help="Only tags that may be the same as another.")
@click.option("--limit", type=click.IntRange(0), default=0, help="How many, 0 for all.")
@_command
def tags(call: _Call, like: bool, limit: int) -> None:
    """Print the tags with their counts, what they name, and which may be the same."""
    found = Index.open(call.settings.index_dir).tags(call.settings.tags)
    chosen = [tag for tag in found if tag.like or not like][: limit or None]
    _print(call, tag_rows(chosen), tag_lines(chosen))


@main.command()
@click.option("--limit", type=click.IntRange(1), default=50, help="How many.")
@click.option("--doubtful", is_flag=True, help="What may be joined or dropped, as lines for persons.toml.")
@_command
def persons(call: _Call, limit: int, doubtful: bool) -> None:
    """Print the most frequent persons, the spellings joined in each and why."""
    index = Index.open(call.settings.index_dir)
    if doubtful:
        doubts = index.doubtful_persons(limit, call.settings.persons_file)
        _print(call, persontable.doubts_rows(doubts), persontable.doubts_text(doubts))
    else:
        found = index.persons(limit)
        _print(call, persontable.persons_rows(found), persontable.persons_text(found))


@main.command()
@_command
def info(call: _Call) -> None:
    """Print what the index is: engine, versions, generation, articles, period, size."""
    row = jsonform.overview_row(Index.open(call.settings.index_dir).info())
    _print(call, row, "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in row.items()))


@main.command("check")
@_command
def check_(call: _Call) -> None:
    """Read every file of the live generation and compare it with its checksum; 1 where one differs."""
    name, damaged = check(Generations(call.settings.index_dir))
    row = {"generation": name, "damaged": damaged}
    _print(call, row, "\n".join(damaged) or f"{name}: all files are as they were written")
    if damaged:
        sys.exit(1)


@main.command()
@click.argument("generation", default="")
@_command
def rollback(call: _Call, generation: str) -> None:
    """Let the generation before the live one go live again, or the GENERATION named, whole files only."""
    before, now = roll_back(Generations(call.settings.index_dir), generation)
    _print(call, {"was": before, "generation": now}, f"{now} is live again, instead of {before}")


@main.command()
@click.argument("before", default="")
@click.argument("after", default="")
@click.option("--queries", type=click.File(encoding="utf-8"), help="Searches, one a line; - reads input.")
@_command
def diff(call: _Call, before: str, after: str, queries: TextIO | None) -> None:
    """Print which searches find something else in generation AFTER (the live one) than in BEFORE."""
    asked = [line.strip() for line in queries if line.strip()] if queries else []
    generations = Generations(call.settings.index_dir)
    difference = differ(generations, before, after, asked, call.settings.synonyms)
    _print(call, difference_row(difference), difference_text(difference))


def _conventions(settings: Settings) -> Conventions:
    return Conventions(settings.zone, settings.columns)


def _tell(call: _Call, report: Report) -> None:
    """Print what a run did; problems go to standard error."""
    for line in terminal.problem_lines(report):
        _log.warning("%s", line)
    row = jsonform.report_row(report)
    _log.info("%s", terminal.report_line(report), extra={"report": row})
    if call.json or not call.quiet:
        _print(call, row, terminal.report_line(report))


def _recorder(file: TextIO | None) -> Recorder | None:
    """Return what writes each remark of a run as a line, so that none has to be kept."""
    if file is None:
        return None

    def write(remark: Remark) -> None:
        file.write(json.dumps(jsonform.remark_row(remark), ensure_ascii=False) + "\n")

    return write


def _print(call: _Call, row: Any, text: str) -> None:
    click.echo(json.dumps(row, ensure_ascii=False, indent=1) if call.json else text)


def _day(text: str | None, option: str, side: int) -> date | None:
    """Read a day, a month or a year; of a period the first day for --from, the last for --to."""
    if not text:
        return None
    period = parse_period(text)
    if period is None or ".." in text:
        raise click.BadParameter(f"{text!r} is not a day, a month or a year", param_hint=option)
    return (period.first, period.last)[side]
