"""The saved segments that a request names, each looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from api.errors import BadQueryError
from api.operational import OperationalStore
from issuemine.messages import say
from issuemine.records_segments import SavedSegment
from issuemine.store.operational import segments
from issuemine.store.reading import Filters

NO_VALUE = "\0"
"""What no record carries: two lists that have nothing in common let nothing through."""


class Saved:
    """The saved segments, as one request sees them.

    Parameters
    ----------
    operational : OperationalStore
        Where they are kept.
    """

    def __init__(self, operational: OperationalStore) -> None:
        self._operational = operational
        self._known: dict[str, SavedSegment | None] = {}

    def names(self) -> list[str]:
        """All names in their order."""
        store = self._operational.there()
        return [segment.name for segment in segments.all_segments(store)] if store is not None else []

    def find(self, name: str) -> SavedSegment | None:
        """The segment of a name, or None."""
        if name not in self._known:
            store = self._operational.there()
            self._known[name] = segments.find(store, name) if store is not None else None
        return self._known[name]

    def get(self, name: str) -> SavedSegment:
        """The segment of a name.

        Raises
        ------
        BadQueryError
            If there is none.
        """
        found = self.find(name)
        if found is None:
            raise BadQueryError(
                say("There is no segment of the name that was given."), say("GET /v1/segments lists them.")
            )
        return found

    def contents(self, names: Sequence[str]) -> list[str]:
        """Hashes of what segments let through; empty for names of none."""
        found = [self.find(name) for name in names]
        return [segment.content if segment is not None else "" for segment in found]

    def within(self, filters: Filters, names: Sequence[str]) -> Filters:
        """Filters that let through what some others and all of the named segments do."""
        return reduce(both, (filters_of(self.get(name)) for name in names), filters)


def filters_of(segment: SavedSegment) -> Filters:
    """The filters of a segment."""
    return Filters(segment.fields, segment.attributes)


def both(one: Filters, other: Filters) -> Filters:
    """Filters that let through what both do."""
    fields: dict[str, Sequence[str]] = {**one.fields}
    for name, values in other.fields.items():
        known = fields.get(name)
        fields[name] = values if known is None else ([v for v in known if v in values] or [NO_VALUE])
    attributes: Mapping[str, str] = {**one.attributes, **other.attributes}
    if any(attributes[name] != value for name, value in one.attributes.items()):
        fields["source"] = [NO_VALUE]
    return Filters(fields, attributes)
