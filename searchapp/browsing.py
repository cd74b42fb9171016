"""Browsing a list of values: its order and which of them are kept, as a URL says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from searchapp.parameters import MAX_VALUE, Parameters, Problem, clean
from searchapp.parts import Pager, Ref
from searchapp.state import query_of
from searchapp.typography import number, say

ORDERS = {"count": "nombre", "name": "nom"}
"""The orders of values as `Index.values` names them, and as a URL does."""

ORDER = ("ordre", "order")
PREFIX = ("commence", "prefix")
CONTAINS = ("contient", "contains")
"""The parameters of a list, each with the other name under which it is read."""


@dataclass(frozen=True, slots=True)
class Browsing:
    """Hold the order of a list, and how its values begin or what they have in them."""

    sort: str = "count"
    prefix: str = ""
    contains: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether some values only are wanted."""
        return bool(self.prefix or self.contains)

    def sorted(self, sort: str) -> Browsing:
        """Return the same values in another order."""
        return replace(self, sort=sort)

    def beginning(self, prefix: str) -> Browsing:
        """Return the values that begin so, all others left out."""
        return Browsing(self.sort, prefix)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters, those at their default left out."""
        order = ORDERS[self.sort] if self.sort != "count" else ""
        found = ((ORDER[0], order), (PREFIX[0], self.prefix), (CONTAINS[0], self.contains))
        return tuple((name, text) for name, text in found if text)

    def query(self, page: int = 1) -> str:
        """Return the query string of a page of the list."""
        return query_of((*self.pairs(), *((("page", str(page)),) if page > 1 else ())))


def read_browsing(parameters: Parameters) -> tuple[Browsing, tuple[Problem, ...]]:
    """Read the parameters of a list; never raises, what cannot be read is a problem and stays as it is."""
    problems: list[Problem] = []
    sort = "count"
    name, text = last_given(parameters, ORDER)
    for order, shown in ORDERS.items():
        if text.lower() in {order, shown}:
            sort = order
    if text and text.lower() not in {*ORDERS, *ORDERS.values()}:
        problems.append(Problem(name, text[:MAX_VALUE], unknown_order()))
    prefix, contains = (last_given(parameters, names)[1][:MAX_VALUE] for names in (PREFIX, CONTAINS))
    return Browsing(sort, prefix, contains), tuple(problems)


def last_given(parameters: Parameters, names: tuple[str, ...]) -> tuple[str, str]:
    """Return the last value of a parameter that has several names, and under which it was given."""
    given = [(name, text) for name in names for text in map(clean, parameters.getlist(name)) if text]
    return given[-1] if given else (names[0], "")


def unknown_order() -> str:
    """Say that an order of values is none."""
    return say("Tri inconnu, ce peut être nombre ou nom.").unescape()


def pages_around(page: int, last: int, href: Callable[[int], str]) -> Pager:
    """Return links to the first, the last and the pages around this one; none where it is the only one."""
    if last == 1:
        return Pager((), "", "")
    near = {1, last, *range(max(1, page - 2), min(last, page + 2) + 1)}
    refs: list[Ref] = []
    before = 0
    for each in sorted(near):
        if each - before > 1:
            refs.append(Ref("", ""))
        refs.append(Ref(number(each), href(each), chosen=each == page))
        before = each
    return Pager(tuple(refs), href(page - 1) if page > 1 else "", href(page + 1) if page < last else "")
