"""Ahead: the joins of persons, looked for while an engine still writes what it was given."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from threading import Thread

from indexer.french import is_french
from indexer.persons import Join, KnownPersons, Named, find_joins


class Ahead:
    """Look for the joins of some names in a thread; what is found holds for the very same names only.

    An engine that writes leaves a processor free: of a rebuild with Tantivy this takes a second.
    """

    def __init__(self, names: Iterable[Named], known: KnownPersons) -> None:
        self._names = list(names)
        self._known = known
        self._found: Future[dict[str, Join]] = Future()
        # A build that is given up does not wait for it.
        Thread(target=self._find, name="manchette-joins", daemon=True).start()

    def joins(self, names: Iterable[Named]) -> dict[str, Join]:
        """Return the joins of names, found anew where these are others."""
        names = list(names)
        return self._found.result() if names == self._names else find_joins(names, self._known)

    def _find(self) -> None:
        try:
            self._found.set_result(find_joins(self._names, self._known))
        except BaseException as error:  # noqa: BLE001 - raised where the joins are wanted
            self._found.set_exception(error)
        is_french("")  # reads the dictionary, which the lexicon needs at the end
