"""Fields that a helpdesk's administrators made: some are columns of the record, the others attributes."""

from __future__ import annotations

from typing import Any

from issuemine.ingest.detect import is_personal
from issuemine.ingest.hooks.event import Fact
from issuemine.ingest.hooks.payload import Payload
from issuemine.ingest.names import ALIASES, normalise

_OURS = ("product", "version", "platform", "plan", "region", "journey_stage")
"""Columns that no helpdesk has of its own: a custom field of their name is meant by them."""
_LONGEST_NAME, _LONGEST_VALUE = 60, 200
_MOST = 50


def custom(fields: Payload) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """Tell custom fields apart.

    Parameters
    ----------
    fields : Payload
        Names and values.

    Returns
    -------
    facts : dict
        Columns of the record, such as product and plan.
    attributes : dict
        All others that are short and say nothing about who the customer is; a name that would be taken for
        a column of the record gets ``custom_`` in front.
    """
    facts: dict[str, Fact] = {}
    attributes: dict[str, Fact] = {}
    for name, value in fields.items():
        key, told = normalise(name), _told(value)
        if told is None or not 0 < len(key) <= _LONGEST_NAME or is_personal(name):
            continue
        ours = next((field for field in _OURS if key in ALIASES[field]), None)
        if ours is not None:
            facts[ours] = told
        elif len(attributes) < _MOST:
            attributes[f"custom_{key}" if _is_taken(key) else key] = told
    return facts, attributes


def _is_taken(key: str) -> bool:
    return any(key in names for names in ALIASES.values())


def _told(value: Any) -> str | None:
    """A short value as text; long ones are texts of somebody's."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return _told("|".join(map(str, value)))
    if isinstance(value, str | int | float):
        text = str(value).strip()
        return text if 0 < len(text) <= _LONGEST_VALUE else None
    return None
