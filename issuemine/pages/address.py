"""Addresses of pages: what is chosen on a page lives in its address and goes along with every link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from issuemine.records import LABEL_FIELDS

_KEPT = ("lang", "days", "first", "last")
_FILTERS = frozenset(("source", *LABEL_FIELDS, "attribute", "segment"))


@dataclass(frozen=True)
class Address:
    """Where a reader is.

    Parameters
    ----------
    path : str
        Path of the page.
    query : tuple of (str, str)
        What is chosen, in the order given; nothing empty.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def to(self, path: str, *, filters: bool = True, **more: object) -> str:
        """A link to another page that keeps the language, the period and, unless told not to, the filters."""
        kept = [
            (name, value)
            for name, value in self.query
            if (name in _KEPT or (filters and name in _FILTERS)) and name not in more
        ]
        return _written(path, [*kept, *_given(more)])

    def here(self, **more: object) -> str:
        """A link to the same page with something else chosen; None takes a choice away."""
        kept = [(name, value) for name, value in self.query if name not in more]
        return _written(self.path, [*kept, *_given(more)])

    def value(self, name: str) -> str:
        """What is chosen under a name, or nothing."""
        return next((value for key, value in self.query if key == name), "")

    def others(self, *named: str) -> list[tuple[str, str]]:
        """What is chosen under other names than these: hidden fields of a form that chooses these."""
        return [(name, value) for name, value in self.query if name not in named]


def _given(more: dict[str, object]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in more.items() if value is not None and value != ""]


def _written(path: str, query: Iterable[tuple[str, str]]) -> str:
    pairs = urlencode(list(query), quote_via=quote)
    return f"{path}?{pairs}" if pairs else path
