"""The tables of a run, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.engines.growth import growth
from benchmarks.engines.measures import Percentiles, Ratio
from benchmarks.engines.ours import CALLS
from benchmarks.engines.questions import SHARES
from benchmarks.engines.results import RunResult, SizeResult

_MOST_SHOWN = 20


def tables(run: RunResult) -> str:
    """Return the whole of a run as Markdown: growth, ratios, kinds of questions at the largest size."""
    parts = [_head(run), growth(run.sizes), _ratios(run.sizes)]
    parts += [_kinds(size) for size in run.sizes[-2:] if size.times]
    return "\n\n".join((*parts, compared(run.sizes))) + "\n"


def compared(sizes: Iterable[SizeResult]) -> str:
    """Return a sentence on the counts that were compared, and the first that differ."""
    sizes = list(sizes)
    answers = sum(sum(size.compared.values()) for size in sizes)
    found = [difference for size in sizes for difference in size.differences]
    if not found:
        return (
            f"Totals and facet counts of {answers:,} answers were compared with another engine's: all equal."
        )
    lines = [
        f"- {one.articles:,} articles, {one.system}, {one.question}: {one.part} {one.got}, "
        f"{one.reference} has {one.wanted}"
        for one in found[:_MOST_SHOWN]
    ]
    return "\n".join((f"**{len(found)} of {answers:,} compared answers have a WRONG COUNT:**", "", *lines))


def _head(run: RunResult) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    said = [
        f"Run of {run.date} on {run.processors} processors, load {run.load[0]:.1f} at the start and "
        f"{run.load[1]:.1f} at the end, articles of {run.data}; {run.rounds} rounds; {versions}.",
        *(["Times of questions are those of the processor, not of the wall."] if run.clock != "wall" else []),
        *(f"{name} was left out: {reason}." for name, reason in run.missing.items()),
    ]
    notes = "".join(f"\n- {name}: {note}." for name, note in run.notes.items())
    return " ".join(said) + ("\n" + notes if notes else "")


def _ratios(sizes: Iterable[SizeResult]) -> str:
    """Return a row for each size and way to ask, a column for each that it is set against."""
    sizes = list(sizes)
    peers = list(dict.fromkeys(_column(ratio) for size in sizes for ratio in size.ratios))
    head = [
        "Milliseconds of this project for one of the other, p50 / p95 over the questions that both answered:",
        "",
        "| articles | this project | " + " | ".join(peers) + " |",
        "| ---: | --- |" + " ---: |" * len(peers),
    ]
    return "\n".join((*head, *(row for size in sizes for row in _ratio_rows(size, peers))))


def _ratio_rows(size: SizeResult, peers: Sequence[str]) -> Iterator[str]:
    for system in dict.fromkeys(ratio.system for ratio in size.ratios):
        found = {_column(ratio): ratio for ratio in size.ratios if ratio.system == system}
        cells = (_ratio(found.get(peer)) for peer in peers)
        yield f"| {size.articles:,} | {system} | " + " | ".join(cells) + " |"


def _column(ratio: Ratio) -> str:
    return CALLS if ratio.peer.startswith(CALLS) else ratio.peer


def _ratio(found: Ratio | None) -> str:
    return f"{_figure(found.p50)} / {_figure(found.p95)}" if found else "—"


def _kinds(size: SizeResult) -> str:
    names = ("all", *SHARES)
    head = [
        f"p50 / p95 ms by kind of question, {size.articles:,} articles:",
        "",
        "| | " + " | ".join(names) + " |",
        "| --- |" + " ---: |" * len(names),
    ]
    return "\n".join((*head, *_kind_rows(size, names)))


def _kind_rows(size: SizeResult, names: tuple[str, ...]) -> Iterator[str]:
    for system, kinds in size.times.items():
        yield f"| {system} | " + " | ".join(_cell(kinds.get(name)) for name in names) + " |"


def _cell(found: Percentiles | None) -> str:
    return f"{_figure(found.p50)} / {_figure(found.p95)}" if found else "—"


def _figure(value: float) -> str:
    """Return a number with about three digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"
