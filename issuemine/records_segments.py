"""Saved segments: filters with a name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson


@dataclass(frozen=True)
class SavedSegment:
    """Filters that somebody has given a name.

    Parameters
    ----------
    segment_id : int
        Its number, never used again.
    name : str
        What it is called; no two are called alike.
    fields : mapping of str to sequence of str
        Accepted values by field of records.
    attributes : mapping of str to str
        Attributes that a record must have with just that value.
    author : str
        Who saved it last.
    """

    segment_id: int
    name: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    author: str = ""

    @property
    def content(self) -> str:
        """Hash of what it lets through, as hex."""
        told = [{name: sorted(values) for name, values in self.fields.items()}, dict(self.attributes)]
        return hashlib.blake2b(orjson.dumps(told, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()
