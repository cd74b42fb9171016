"""What is open of an index: its live generation, views of it, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from indexer.french import Analyser
from indexer.live import Live
from indexer.results import Overview
from indexer.snapshot import Snapshot
from indexer.synonymsfile import SynonymsFile
from indexer.visible import Visible


class Opened:
    """Hold an index folder open, for all that is asked of it.

    `visible` are the rules of a view, none of them for the whole index.
    """

    def __init__(self, directory: str | Path, synonyms: str | Path | None = None) -> None:
        self.directory = Path(directory)
        self.synonyms = Path(synonyms) if synonyms else None
        self.visible: tuple[Visible, ...] = ()
        self._synonyms = SynonymsFile(self.synonyms)
        self._analyser = Analyser()
        self._live = Live(self.directory, self._analyser)

    def info(self) -> Overview:
        """Return what the index is: engine, versions, generation, number of articles, period, size."""
        with self._current() as snapshot:
            manifest, engine = snapshot.manifest, snapshot.engine.info()
            return Overview(
                directory=str(self.directory),
                engine=manifest.engine,
                engine_version=engine.version,
                schema_version=manifest.schema_version,
                analyser_version=manifest.analyser_version,
                persons=manifest.persons,
                generation=snapshot.name,
                built=manifest.built,
                articles=manifest.articles,
                undated=manifest.undated,
                first=manifest.first,
                last=manifest.last,
                bytes=sum(size for size, _ in manifest.files.values()),
                previous=manifest.previous,
                zone=manifest.zone,
            )

    @property
    def stamp(self) -> str:
        """Return a text that is another as soon as answers may be: after a swap, with other synonyms.

        That of a view is another than that of the index and of all other views.
        """
        synonyms = self._synonyms.stamp()
        rules = repr(self.visible) if self.visible else ""
        with self._live.snapshot() as snapshot:
            return " ".join(filter(None, (snapshot.name, str(synonyms or ""), rules)))

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the days that the index counts, for showing dates."""
        with self._current() as snapshot:
            return ZoneInfo(snapshot.manifest.zone)

    def restricted(self, to: Visible) -> Self:
        """Return the same index as it is for those who may see these articles alone; costs nothing.

        Nothing of the other articles shows in any answer: neither in totals and facets nor in suggestions
        and corrections. Restricted again, both must hold. Scores stay those of the whole index.
        """
        view = copy(self)
        view.visible = (*self.visible, to)
        return view

    def close(self) -> None:
        """Release files and memory; the next question opens them again. A view leaves that to its index."""
        if not self.visible:
            self._live.close()

    @contextmanager
    def _current(self) -> Iterator[Snapshot]:
        """Give the snapshot of the live generation, kept open until the last of its readers is done."""
        with self._live.snapshot() as snapshot:
            yield snapshot.within(self.visible) if self.visible else snapshot
