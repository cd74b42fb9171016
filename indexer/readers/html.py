"""HTML pages: metadata from JSON-LD, microdata, OpenGraph and meta tags, the main text by trafilatura.

What maps to what, the first that has a value; what is said of JSON-LD holds for microdata after it:

    title       JSON-LD headline, og:title, h1, title; without the name of the site behind it
    lede        the standfirst: an element marked as one, or showing the page's description
    body        the main text, without standfirst, captions, tags and « Lire aussi »
    published   datePublished, meta, time datetime, day in the address, a line that is a date, the file name
    section     JSON-LD articleSection, article:section
    tags        article:tag, JSON-LD keywords, news_keywords, keywords, links with rel=tag
    author      JSON-LD author, meta author, rel=author
    source      og:site_name, JSON-LD publisher
    url         link rel=canonical, og:url, JSON-LD url
    caption, credit   the first figcaption or element marked as a caption
    read_also   the links under « Lire aussi », « À lire aussi », « Sur le même sujet »
    language    html lang, JSON-LD inLanguage, og:locale
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from indexer.article import Article
from indexer.dates import date_in_url
from indexer.errors import ReadError
from indexer.readers.encoding import declared_encoding, decode
from indexer.readers.furniture import read_also_heading
from indexer.readers.html_metadata import metadata
from indexer.readers.html_parts import take_parts
from indexer.readers.main_text import main_text
from indexer.readers.source import Source

_ROOT = re.compile(
    r"\ufeff?(?>\s+|<\?xml[^>]*>|<!--(?:(?!-->).)*-->)*+"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|p|h1|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

_SHORTEST = 40
"""A page with no longer paragraph than this has no text: labels of links and buttons are shorter."""

_LEFTOVER = re.compile(
    r"crédits?(?:\s+photos?)?\s*[:©]|©|\W+$"
    r"|(?:publié|posté|paru|mise?\sen\sligne|mise?\sà\sjour|modifié)\sle\s.*\d.*[^.!?»]$",
    re.IGNORECASE,
)


def sniff(source: Source) -> bool:
    """Tell whether the file begins with an element of HTML."""
    return _ROOT.match(source.opening) is not None


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the one article of the page."""
    data = source.whole()
    text, warning = decode(data, declared_encoding(data))
    try:
        tree = _parse(text)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise source.error(f"the HTML cannot be parsed ({error})") from error
    try:
        article = _article(tree, source, warning)
    except ReadError:
        raise
    except Exception as error:
        # A page that trips a library costs that page, not the run.
        raise source.error(f"the text cannot be extracted ({type(error).__name__}: {error})") from error
    yield article


def _parse(text: str) -> HtmlElement:
    # As bytes: lxml refuses text that declares an encoding.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    if not isinstance(tree, HtmlElement):
        raise ValueError("no HTML element in it")
    return tree


def _article(tree: HtmlElement, source: Source, warning: str) -> Article:
    meta = metadata(tree, source.conventions.zone)
    title = meta.title
    if not title:
        raise source.no_article("no headline in the page")
    parts = take_parts(tree, meta.description)
    paragraphs = [text for text in main_text(tree) if not _is_leftover(text)]
    while paragraphs and _same(paragraphs[0], title):
        paragraphs.pop(0)
    lede = parts.lede
    if not lede and all(len(paragraph) < _SHORTEST for paragraph in paragraphs):
        raise source.no_article("no main text in the page")
    if lede:
        paragraphs = [paragraph for paragraph in paragraphs if not _same(paragraph, lede)]
    elif len(paragraphs) > 1 and _same(paragraphs[0], meta.description):
        lede = paragraphs.pop(0)
    return Article(
        id=source.id,
        title=title,
        lede=lede,
        body="\n\n".join(paragraphs),
        published=meta.published or date_in_url(source.address, source.conventions.zone),
        section=meta.section,
        tags=meta.tags,
        author=meta.author,
        source=meta.source,
        url=meta.url,
        caption=parts.caption,
        credit=parts.credit,
        read_also=parts.read_also,
        language=meta.language,
        warnings=(*((warning,) if warning else ()), *meta.warnings),
    )


def _is_leftover(text: str) -> bool:
    """Tell whether a line is of a list or a picture of which the rest was no text."""
    return len(text) < 80 and (_LEFTOVER.match(text) is not None or read_also_heading(text) is not None)


def _same(one: str, other: str) -> bool:
    return bool(one) and re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
