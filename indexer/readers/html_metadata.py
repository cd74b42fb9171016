"""What a page says about its article: JSON-LD first, then OpenGraph and other meta tags, then links.

The day is read where the page states it for machines (JSON-LD, meta, microdata, `<time datetime>`), then in
its address, then from a line that is nothing but a date (`html_dates.py`): a date in the text is no evidence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from indexer.dates import PARIS, date_in_url, parse_date
from indexer.readers.html_dates import shown_date
from indexer.readers.jsonld import Node, article_node, text_of, texts_of
from indexer.readers.microdata import microdata_node
from indexer.readers.tags import distinct, one_line, split_tags

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "publish-date",
    "publishdate",
    "publish_date",
    "publication_date",
    "pubdate",
    "rnews:datepublished",
    "originalpublicationdate",
    "article.published",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "datecreated",
    "date",
)
_LONGEST = 500
_WHOLE = 25
_SHORTEST = 12
"""A heading shorter than this is rather the name of a section."""

_KEYWORDS = ("news_keywords", "keywords", "sailthru.tags", "parsely-tags")


@dataclass(slots=True)
class Metadata:
    """Hold what the head of a page states; empty where it states nothing."""

    headings: list[str]
    description: str
    published: datetime | None
    section: str
    tags: tuple[str, ...]
    author: str
    source: str
    url: str
    language: str
    warnings: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the headline, without the name of the site behind it."""
        for heading in self.headings:
            if title := _without_site(heading, self.source, self.url):
                return title
        return ""


def metadata(tree: HtmlElement, zone: ZoneInfo = PARIS) -> Metadata:
    """Return what the page states; dates without a zone are of `zone`.

    Microdata comes last: sites fill it less carefully than what others show of their pages.
    """
    node, broken = article_node(tree)
    meta = _meta(tree)
    marked = microdata_node(tree)
    source = (
        _first(meta, "og:site_name")
        or text_of(node.get("publisher"))
        or _first(meta, "application-name")
        or text_of(marked.get("publisher"))
    )
    url = _url(tree, node, meta) or _url(tree, marked, {})
    published, warnings = _published(tree, (node, marked), meta, url, zone)
    return Metadata(
        headings=[*_headings(tree, node, meta), *filter(None, [_line(text_of(marked.get("headline")))])],
        description=_line(
            text_of(node.get("description"))
            or _first(meta, "og:description", "description", "twitter:description")
            or text_of(marked.get("description"))
        ),
        published=published,
        section=_line(
            text_of(node.get("articleSection"))
            or _first(meta, "article:section")
            or text_of(marked.get("articleSection"))
        ),
        tags=_tags(tree, node, meta) or _split(texts_of(marked.get("keywords"))),
        author=_author(tree, node, meta, marked),
        source=_line(source),
        url=url,
        language=_language(tree, {"inLanguage": marked.get("inLanguage"), **node}, meta),
        warnings=[*warnings, *(["broken JSON-LD in the page was passed over"] if broken else [])],
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of meta tags and microdata by name, in order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = html.unescape(element.get("content") or "").strip()
        for name in dict.fromkeys(
            filter(None, map(element.get, ("property", "name", "itemprop", "http-equiv")))
        ):
            if content:
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _headings(tree: HtmlElement, node: Node, meta: dict[str, list[str]]) -> Iterator[str]:
    """Yield what may be the headline, the best first: a cut one (« … ») comes after a whole one."""
    shown = [text for text in (_line(h1.text_content()) for h1 in tree.iter("h1")) if text]
    headline, social = text_of(node.get("headline")), _first(meta, "og:title", "twitter:title", "dc.title")
    stated = [text for text in (_line(headline), _line(social)) if text]
    page = [_line(element.text_content()) for element in tree.iter("title")][:1]
    # What the page shows is its headline, except where its heading holds more than a title.
    if len(shown) == 1 and len(shown[0]) >= _SHORTEST:
        yield next((text for text in stated if text in shown[0] and len(text) >= _SHORTEST), shown[0])
    for text in stated:
        yield from (heading for heading in shown if len(heading) > _WHOLE and heading in text)
        if not text.endswith(("...", "…")):
            yield text
    yield from (*(text for text in shown if page and page[0].startswith(text)), *page, *shown, *stated)


def _without_site(title: str, site: str, url: str) -> str:
    """Remove the site's name from the end of a title: « Le titre – Manchette »."""
    names = {_key(site), _key((urlsplit(url).hostname or "").removeprefix("www.")), _key(_domain(url))} - {""}
    while len(title) <= _LONGEST and (
        found := re.fullmatch(r"(.*\S)(?:\s+[-–—|·•:]+\s+|\s*\|\s*)([^|]+?)", title)
    ):
        if _key(found[2]) not in names:
            break
        title = found[1]
    return title


def _domain(url: str) -> str:
    parts = (urlsplit(url).hostname or "").split(".")
    return parts[-2] if len(parts) > 1 else ""


def _key(text: str) -> str:
    return re.sub(r"\W|_", "", text).casefold()


def _published(
    tree: HtmlElement, nodes: tuple[Node, Node], meta: dict[str, list[str]], url: str, zone: ZoneInfo
) -> tuple[datetime | None, list[str]]:
    """Return the date, the best source first, and a warning where it is uncertain or none."""
    linked, marked = nodes
    stated = [text_of(linked.get(name)) for name in ("datePublished", "dateCreated", "uploadDate")]
    stated += [_first(meta, name) for name in _DATES]
    times = [time for time in tree.iter("time") if time.get("datetime")]
    times.sort(key=lambda time: not _says_published(time))
    stated += [time.get("datetime", "") for time in times if _says_published(time) or _in_article(time)]
    stated += [
        e.get("datetime") or e.get("content") or "" for e in tree.iterfind(".//*[@itemprop='datePublished']")
    ]
    stated = list(filter(None, (*stated, text_of(marked.get("datePublished")))))
    days = (parse_date(text, zone) for text in stated)
    day = next((day for day in days if day is not None), None) or date_in_url(url, zone)
    warnings = [f"published: {stated[0]!r} is not a date"] if stated and day is None else []
    if day is None and (shown := shown_date(tree, zone)) is not None:
        day = shown
        warnings.append("the date was read from a line of the page: nothing states it for machines")
    return day, warnings


def _says_published(time: HtmlElement) -> bool:
    words = " ".join(map(str, (time.get("itemprop"), time.get("class"), time.get("property")))).lower()
    return time.get("pubdate") is not None or "publi" in words or "entry-date" in words


def _in_article(time: HtmlElement) -> bool:
    """Tell whether it stands in the article, not among links to others, and is no time of a change."""
    words = " ".join(map(str, (time.get("itemprop"), time.get("class")))).lower()
    around = {ancestor.tag for ancestor in time.iterancestors()}
    return (
        not re.search("modif|updat", words)
        and bool(around & {"article", "main"})
        and not around & {"aside", "nav", "footer", "li", "a"}
    )


def _tags(tree: HtmlElement, node: Node, meta: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the tags of the first source that has any, so that no two vocabularies are mixed."""
    links = [
        link.text_content() for link in tree.iterfind(".//a[@rel]") if "tag" in link.get("rel", "").split()
    ]
    for texts in (meta.get("article:tag", []), texts_of(node.get("keywords"))):
        if tags := _split(texts):
            return tags
    stated = next(filter(None, (_split(meta.get(name, [])) for name in _KEYWORDS)), ())
    # Keywords are often the site's: the same on all pages. Links marked as tags are the article's.
    return distinct(links) if links and len(distinct(links)) < len(stated) else stated or distinct(links)


def _split(texts: Iterable[str]) -> tuple[str, ...]:
    unescaped = [html.unescape(text) for text in texts]
    return split_tags(unescaped[0]) if len(unescaped) == 1 else distinct(unescaped)


def _author(tree: HtmlElement, node: Node, meta: dict[str, list[str]], marked: Node) -> str:
    names = texts_of(node.get("author")) or texts_of(node.get("creator"))
    if not names:
        stated = (_first(meta, name) for name in ("author", "article:author", "dc.creator", "parsely-author"))
        names = [name for name in stated if name and "://" not in name][:1]
    names = names or texts_of(marked.get("author"))
    if not names:
        signed = tree.xpath(".//a[contains(concat(' ', @rel, ' '), ' author ')] | .//*[@itemprop='author']")
        names = [element.text_content() for element in signed if not _in_comment(element)][:1]
    return ", ".join(
        re.sub(r"^par\s+", "", name, flags=re.IGNORECASE) for name in distinct(names) if len(name) <= 120
    )


def _in_comment(element: HtmlElement) -> bool:
    around = element.iterancestors()
    return any("comment" in f"{e.get('class')} {e.get('id')} {e.get('itemtype')}".lower() for e in around)


def _url(tree: HtmlElement, node: Node, meta: dict[str, list[str]]) -> str:
    links = (
        link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    )
    main = node.get("mainEntityOfPage")
    stated = (text_of(node.get("url")), main.get("@id") if isinstance(main, dict) else main)
    for url in (*links, _first(meta, "og:url"), *stated):
        if isinstance(url, str) and re.match(r"https?://\S+$", url.strip(), re.IGNORECASE):
            try:
                urlsplit(url)
            except ValueError:
                continue
            return url.strip()
    return ""


def _language(tree: HtmlElement, node: Node, meta: dict[str, list[str]]) -> str:
    root = (tree.get("lang"), tree.get("xml:lang"))
    for value in (
        *root,
        text_of(node.get("inLanguage")),
        _first(meta, "og:locale", "language", "dc.language"),
    ):
        if value and (found := re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", value.strip())):
            return found[0].lower()
    return "fr"


def _line(text: str) -> str:
    return one_line(html.unescape(text))
