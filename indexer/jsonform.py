"""Results as JSON: the shapes that the command and the web API both print."""

from __future__ import annotations

from typing import Any

from indexer.notices import Notice
from indexer.progress import Remark, Report
from indexer.results import Chapter, FoundArticle, Overview, Reason, Related, Results

Row = dict[str, Any]


def results_row(results: Results) -> Row:
    """Return the object that `index search --json` prints."""
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "size": results.size,
        "sort": results.sort,
        "hits": [hit_row(hit) for hit in results.hits],
        "facets": {
            name: [
                {"value": value.value, "count": value.count, "selected": value.selected} for value in values
            ]
            for name, values in results.facets.items()
        },
        "notices": [notice_row(notice) for notice in results.notices],
        "generation": results.generation,
    }


def hit_row(hit: FoundArticle) -> Row:
    """Return one hit; title and snippet are text and HTML with the words found in <mark>."""
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "score": round(hit.score, 4),
        "tags": list(article.tags),
        "persons": list(article.persons),
        "section": article.section,
        "snippet": str(hit.snippet),
        "why": [reason_row(reason) for reason in hit.why],
    }


def reason_row(reason: Reason) -> Row:
    """Return what an article has of one word of the search."""
    return {
        "word": reason.word,
        "title": reason.title,
        "text": reason.text,
        "caption": reason.caption,
        "tags": reason.tags,
        "persons": reason.persons,
        "section": reason.section,
        "author": reason.author,
        "exact": reason.exact,
        "forms": list(reason.forms),
        "spellings": list(reason.spellings),
        "synonyms": list(reason.synonyms),
        "share": round(reason.share, 3),
    }


def notice_row(notice: Notice) -> Row:
    """Return what was understood, with its French sentence."""
    return {"kind": notice.kind.value, "words": list(notice.words), "message": notice.message}


def related_row(related: Related) -> Row:
    """Return one related article and why it is one."""
    return {
        "id": related.article.id,
        "title": related.article.title,
        "published": related.article.published.isoformat() if related.article.published else None,
        "score": round(related.score, 4),
        "reason": related.reason,
        "kind": related.kind,
        "shared": list(related.shared),
    }


def chapter_row(chapter: Chapter) -> Row:
    """Return one article of a story; `current` marks the one whose story it is."""
    article = chapter.article
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "section": article.section,
        "current": chapter.current,
    }


def overview_row(overview: Overview) -> Row:
    """Return what an index is."""
    return {name: getattr(overview, name) for name in Overview.__dataclass_fields__}


def remark_row(remark: Remark) -> Row:
    """Return what `--report` writes in one line; `id` and `count` only where they say something."""
    row: Row = {
        "kind": remark.kind,
        "path": remark.path,
        "position": remark.position,
        "reason": remark.reason,
    }
    if remark.id:
        row["id"] = remark.id
    if remark.count != 1:
        row["count"] = remark.count
    return row


def report_row(report: Report) -> Row:
    """Return what a run of `index rebuild` or `index update` did."""
    return {
        "generation": report.generation,
        "swapped": report.swapped,
        "articles": report.articles,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "broken": report.broken,
        "problems": [str(problem) for problem in report.problems],
        "skipped": dict(report.skipped),
        "duplicates": report.copies.duplicates,
        "near_copies": report.copies.copies,
        "stories": report.copies.stories,
        "doubts": report.doubts,
        "warnings": list(report.warnings),
        "seconds": round(report.seconds, 2),
    }
