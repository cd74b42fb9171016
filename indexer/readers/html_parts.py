"""The parts of an HTML page beside its text: standfirst, caption and credit, tags, the line with the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from indexer.readers.html_links import is_list, take_read_also
from indexer.readers.html_tree import drop, is_aside, is_attached, line

_KINDS = re.compile(
    r"(?:^|[\s_-])(?:(?P<standfirst>chapo|chapô|chapeau|standfirst|lede|lead|intro)"
    r"|(?P<caption>caption|figcaption|legende|légende)"
    r"|(?P<credit>credits?|copyright|photographer|photographe)"
    r"|(?P<date>date|publication|dateline|published|publie|horodatage)"
    r"|(?P<tags>tags?|mots-cles|mots-clés|keywords))(?=[\s_-]|$)"
)
_CREDIT_LABEL = re.compile(
    r"\W*(?:crédits?|credits?|photos?|image)?\s*(?:photos?\s*)?[:©]\s*|^\W+", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(?:publié|posté|paru|mis à jour|modifié|mise en ligne)\b.{0,80}", re.IGNORECASE)
_SHORTEST, _LONGEST = 40, 900
_CAPTION = 600
_MARKS = 200
"""No article has more captions, tags or dates: what is marked so often is a list of other articles."""

_DATE_LINE = 160


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the parts that were taken out."""

    read_also: tuple[str, ...]
    lede: str
    caption: str
    credit: str


def take_parts(tree: HtmlElement, description: str) -> Parts:
    """Remove the parts from the tree and return them."""
    read_also = take_read_also(tree)
    marked = _marked(tree)
    caption, credit = _take_captions(tree, marked)
    lede = _take_standfirst(tree, description, marked.get("standfirst", []))
    _drop_tags_and_dates(tree, marked)
    _drop_menus(tree)
    return Parts(read_also, lede, caption, credit)


def _marked(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """Return the elements whose class tells what they are, by that, in order."""
    found: dict[str, list[HtmlElement]] = {}
    for element in tree.xpath("//*[@class]"):
        kinds = _KINDS.finditer(element.get("class").lower())
        for kind in dict.fromkeys(kind.lastgroup or "" for kind in kinds):
            found.setdefault(kind, []).append(element)
    return {kind: elements[:_MARKS] for kind, elements in found.items()}


def _take_captions(tree: HtmlElement, marked: dict[str, list[HtmlElement]]) -> tuple[str, str]:
    """Return caption and credit of the first picture of the article; take those of all pictures out."""
    classed = (e for e in marked.get("caption", []) if e.tag != "figure" and len(e.text_content()) < _CAPTION)
    chosen = {*islice(tree.iter("figcaption"), _MARKS), *classed}
    captions = [element for element in tree.iter() if element in chosen]
    credits = marked.get("credit", [])
    first: tuple[str, str] | None = None
    for element in captions:
        if not is_attached(element, tree):
            continue
        near = element.getparent()
        own = [e for e in credits if is_attached(e, element) and e is not element]
        own = own or [e for e in credits if e.getparent() is near and e is not element and near is not None]
        credit = next(filter(None, (_CREDIT_LABEL.sub("", line(e), count=1) for e in own)), "")
        for e in own:
            drop(e)
        text, behind = _parted(line(element))
        if first is None and (text or credit) and not is_aside(element):
            first = text.strip(" -–|/("), credit or behind
        drop(element)
    return first or ("", "")


def _parted(text: str) -> tuple[str, str]:
    """Part a caption from the credit in the same line: « Un port. © Agence », « Un port. (Photo Agence) »."""
    found = re.search(r"©|\((?:photos?|crédits?)\b[\s:]*(?=[^()]*\)$)", text, re.IGNORECASE)
    return (text[: found.start()], text[found.end() :].strip(" .)")) if found else (text, "")


def _take_standfirst(tree: HtmlElement, description: str, marked: Sequence[HtmlElement]) -> str:
    """Return the standfirst: what the page gives as its description and shows, else what is marked as one."""
    headline = tree.find(".//h1")
    wanted = _key(description)
    if len(wanted) >= _SHORTEST:
        shown = (e for e in tree.iter("p", "h2", "h3", "div", "strong") if _is_plain(e) and not is_aside(e))
        for element in shown:
            if wanted[:12] == _key(element.text_content()[:60])[:12] and wanted == _key(
                element.text_content()
            ):
                return _taken(element)
    below = False
    candidates = set(marked)
    for element in tree.iter():
        below = below or headline is None or element is headline
        if not below or not isinstance(element.tag, str):
            continue
        text = line(element) if element in candidates or element.tag == "p" else ""
        if element in candidates and _SHORTEST <= len(_key(text)) <= _LONGEST and not is_aside(element):
            return _taken(element)
        if len(text) > 300:
            break  # the text has begun: what is marked below belongs to other articles
    return ""


def _is_plain(element: HtmlElement) -> bool:
    """Tell whether an element is one paragraph of a standfirst's length."""
    if len(element) > 12 or any(
        child.tag in ("p", "div", "ul", "h1", "h2", "section", "br") for child in element
    ):
        return False
    return _SHORTEST <= len(element.text_content()) <= _LONGEST


def _taken(element: HtmlElement) -> str:
    text = line(element)
    drop(element)
    return text


def _drop_tags_and_dates(tree: HtmlElement, marked: dict[str, list[HtmlElement]]) -> None:
    around = [link.getparent() for link in islice(filter(_is_tag, tree.iterfind(".//a[@rel]")), _MARKS)]
    boxes = [box.getparent() if box is not None and box.tag == "li" else box for box in around]
    for element in (*boxes, *marked.get("tags", [])):
        if (
            element is None
            or element.tag in ("body", "html", "article", "main")
            or not is_attached(element, tree)
        ):
            continue
        if all(map(_is_tag, element.iter("a"))) or is_list(element):
            drop(element)
    for element in (*marked.get("date", []), *islice(tree.iter("time"), _MARKS)):
        if not is_attached(element, tree):
            continue
        text = line(element)
        if len(text) < _DATE_LINE and re.search(r"\d", text) and _stands_alone(element):
            parent = element.getparent()
            drop(parent if parent is not None and _PUBLISHED.fullmatch(line(parent)) else element)


def _drop_menus(tree: HtmlElement) -> None:
    """Drop what no text is in: an extractor that finds little takes all of a page for its text."""
    for element in list(tree.iter("nav", "footer")):
        if element.tag == "nav" or not any(e.tag in ("article", "main") for e in element.iterancestors()):
            drop(element)


def _is_tag(link: HtmlElement) -> bool:
    return "tag" in (link.get("rel") or "").split()


def _stands_alone(element: HtmlElement) -> bool:
    """Tell whether an element is no part of a sentence."""
    parent = element.getparent()
    return parent is not None and (
        parent.tag not in ("p", "em", "strong", "li") or len(line(parent)) < len(line(element)) + 60
    )


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
