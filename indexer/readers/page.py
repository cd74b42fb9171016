"""Pages saved as text, as web archives and text extractions hold them.

The grammar; a line is what stands between two line ends, without the spaces around it:

    page      = { furniture } [ caption ] headline { about } lede { paragraph } [ read-also ] [ tags ]
                { furniture }
    about     = credit | section | byline | date | counter | furniture
    credit    = "©" agency [ "." name ]           also « Crédit photo : … », « Photo : … »
    section   = a line of a few words among the others of `about`
    byline    = "Par" name
    counter   = digits alone                      how often the page was shared: dropped
    date      = a day or an hour, or « Publié le … »: dropped, it may be any day
    read-also = "Lire aussi:" { title }           one title a line; anywhere below the lede
    tags      = "Tags:" { tag "," }               on one line or several; parentheses belong to the tag

Furniture (`furniture.py`) goes wherever it stands. A paragraph is a line, or lines up to a blank one.
The headline is the line above `about`. Where a page has no such lines, it is the first long line that does
not end like a sentence, and the line above a blank one and below furniture is the caption. Everything
below the tags is furniture. The day of publication is read from the file's name, never from the text.
What this leaves open is said in the article's warnings.

What becomes which field:

    title       headline
    lede        lede, the first paragraph
    body        the other paragraphs
    published   the day in the file's name
    section     section
    tags        tags
    author      byline
    caption     caption
    credit      credit
    read_also   read-also
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.article import Article
from indexer.dates import date_in_url
from indexer.errors import ReadError
from indexer.readers.encoding import decode
from indexer.readers.page_foot import split_foot
from indexer.readers.page_head import NoHeadline, split_head
from indexer.readers.page_lines import lines_of, paragraphs
from indexer.readers.source import Source

_SIGNS = re.compile(
    r"^[ \t]*(?:URL courte|(?:[ÀA] )?[Ll]ire aussi\s*:|Tags\s*:|Mots-cl(?:é|ef)s\s*:)", re.MULTILINE
)


def sniff(source: Source) -> bool:
    """Tell whether a line has a sign of such pages: « URL courte », « Lire aussi: », « Tags: »."""
    return not source.opening.lstrip("\ufeff \r\n\t").startswith(("<", "{")) and bool(
        _SIGNS.search(source.opening)
    )


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the one article of the page."""
    text, warning = decode(source.whole())
    warnings = [warning] if warning else []
    try:
        head, rest = split_head(lines_of(text))
    except NoHeadline as error:
        raise source.no_article(str(error)) from error
    foot = split_foot(rest)
    body = paragraphs(foot.body)
    if not body:
        raise source.no_article("no text below the headline")
    yield Article(
        id=source.id,
        title=head.title,
        lede=body[0],
        body="\n\n".join(body[1:]),
        published=date_in_url(source.address, source.conventions.zone),
        section=head.section,
        tags=foot.tags,
        author=head.author,
        caption=head.caption,
        credit=head.credit,
        read_also=foot.read_also,
        warnings=(*warnings, *head.warnings, *foot.warnings),
    )
