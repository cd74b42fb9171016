"""Results and reports as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from markupsafe import Markup

from indexer.progress import Report
from indexer.results import Results

_SHOWN_PROBLEMS = 20


def results_text(results: Results, zone: ZoneInfo) -> str:
    """Return a page of results, the words found in bold, days in a zone."""
    lines = [notice.message for notice in results.notices]
    lines.append(_count(results.total, "article", "articles"))
    for number, hit in enumerate(results.hits, (results.page - 1) * results.size + 1):
        article = hit.article
        day = f"{article.published.astimezone(zone):%Y-%m-%d}" if article.published else "sans date "
        lines += [
            f"\n{number:>3}. {_bold(hit.title)}",
            f"     {day}  {article.section}  {article.id}",
            f"     {' '.join(_bold(hit.snippet).split())}",
        ]
    for name in ("tag", "person", "date"):
        values = [f"{value.label or 'sans date'} ({value.count})" for value in results.facets.get(name, ())]
        if values:
            lines.append(f"\n{name}: {', '.join(values)}")
    return "\n".join(lines)


def report_line(report: Report) -> str:
    """Return what a run did in one line."""
    rate = report.articles / report.seconds if report.seconds else 0
    done = (
        f"{_count(report.articles, 'article', 'articles')} in {report.seconds:.1f} s ({rate:,.0f}/s): "
        f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged"
    )
    copies = report.copies
    if copies.duplicates or copies.copies:
        done += f"; {_count(copies.duplicates, 'duplicate', 'duplicates')} left out"
        done += f", {_count(copies.copies, 'near copy', 'near copies')}"
        done += f" of {_count(copies.stories, 'story', 'stories')}"
    unchanged = "nothing had changed" if report.generation else "no generation was swapped in"
    live = f"generation {report.generation} is live" if report.swapped else unchanged
    return f"{done}; {live}"


def problem_lines(report: Report) -> Iterator[str]:
    """Yield what was left out and why, then the doubts about what was taken in."""
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        yield f"left out: {problem}"
    if report.broken:
        yield f"{_count(report.broken, 'file or line', 'files or lines')} left out"
    for reason, count in report.skipped.items():
        yield f"passed over: {count:,}, {reason}"
    for warning in report.warnings[:_SHOWN_PROBLEMS]:
        yield f"doubt: {warning}"
    if (more := report.doubts - _SHOWN_PROBLEMS) > 0:
        yield f"{_count(more, 'more doubt', 'more doubts')}, not shown"


def _bold(html: Markup) -> str:
    """Return marked text with the marks in bold."""
    marked = html.replace("<mark>", Markup("\x1b[1m")).replace("</mark>", Markup("\x1b[0m"))
    return str(marked.unescape())


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
