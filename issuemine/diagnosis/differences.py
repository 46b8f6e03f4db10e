"""Attribute drivers of any records of a snapshot, with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from issuemine.causes import encode, scan, strata, stratifier, telling, told
from issuemine.config import CausesSettings
from issuemine.store.causes import Against, Segment, attribute_names, compared
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids


@dataclass(frozen=True)
class Difference:
    """What was found, and where it was looked for.

    Attributes
    ----------
    told : dict
        ``candidates``, the best first, each with its figures, ``sentence`` and ``basis``; ``message``: what
        to bear in mind, or that nothing stands out.
    names : list of str
        The attributes that were looked at.
    """

    told: dict[str, Any]
    names: list[str]


def differences(
    database: Database,
    target: Segment,
    first: date,
    last: date,
    settings: CausesSettings,
    *,
    against: Against = "others",
    other: Segment | None = None,
    by: Sequence[str] | None = None,
) -> Difference:
    """Look for what is different about some records.

    Parameters
    ----------
    database : Database
        An open snapshot.
    target : Segment
        The records.
    first, last : date
        Days counted, both included.
    settings : CausesSettings
        How causes are looked for.
    against : str
        What they are compared with: all other records (``others``), as many days before (``past``) or the
        records of ``other`` (``segment``).
    other : Segment, optional
        See ``against``.
    by : sequence of str, optional
        Attributes to look at; default: all that records have.
    """
    within = stratifier(settings)
    names = telling(attribute_names(database) if by is None else list(dict.fromkeys(by)), settings)
    found = compared(database, target, [*names, within], first, last, against=against, segment=other)
    column = found.columns.pop(within)
    coded = encode(found.columns, np.ones(len(found.chosen)), settings)
    counter = Cuboids(database, found.rows(coded.codes, strata(column)), sample_rows=settings.sample_rows)
    mode: Literal["others", "past"] = "past" if against == "past" else "others"
    return Difference(told(scan(counter, coded, settings, mode, standardised=True), mode), names)
