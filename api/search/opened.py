"""The vectors and mentions of snapshots, checked and opened once a process."""

from __future__ import annotations

import threading
from collections import OrderedDict

from api.errors import UnavailableError
from issuemine.messages import say
from issuemine.search.vectors import Part, SpaceVectors, is_sound
from issuemine.store.layout import Layout
from issuemine.store.searched import Searched
from issuemine.store.searching import SearchSpace
from issuemine.store.snapshot import Snapshot

_OPEN = 8
"""Spaces kept open; with each snapshot come new ones."""
_SNAPSHOTS = 2
"""Snapshots whose mentions are kept: the newest, and the one before for who still reads it."""


class OpenedVectors:
    """Vectors by space and length; what nights appended is checked against its hash once.

    Parameters
    ----------
    layout : Layout
        Where they lie.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        self._open: OrderedDict[tuple[str, int], SpaceVectors] = OrderedDict()
        self._checked: set[tuple[str, int, str]] = set()

    def of(self, space: SearchSpace) -> SpaceVectors:
        """The vectors of a space of a snapshot.

        Raises
        ------
        UnavailableError
            If they are missing or not what the run wrote.
        """
        key = (space.file, space.texts)
        with self._lock:
            if key not in self._open:
                self._check(space)
                self._open[key] = SpaceVectors(
                    self._layout.vectors / space.file, space.dim, space.texts, space.parts[0]["places"]
                )
                while len(self._open) > _OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(key)
            return self._open[key]

    def _check(self, space: SearchSpace) -> None:
        parts = [Part(part["first"], part["places"], part["blake2b"]) for part in space.parts]
        fresh = [part for part in parts if (space.file, part.first, part.blake2b) not in self._checked]
        if not is_sound(self._layout.vectors / space.file, space.dim, fresh):
            raise UnavailableError(
                say("The vectors of {space} are missing or damaged.", space=space.name),
                say("Search by words (by=words); the next run makes them again."),
            )
        self._checked.update((space.file, part.first, part.blake2b) for part in fresh)


class OpenedMentions:
    """Mentions of snapshots, read once a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Searched] = OrderedDict()

    def of(self, snapshot: Snapshot) -> Searched:
        """What can be found in a snapshot."""
        with self._lock:
            if snapshot.digest not in self._open:
                self._open[snapshot.digest] = Searched(snapshot)
                while len(self._open) > _SNAPSHOTS:
                    self._open.popitem(last=False)
            self._open.move_to_end(snapshot.digest)
            return self._open[snapshot.digest]
