"""One round of the scan: score every combination and name the cause behind the best one."""

from __future__ import annotations

import numpy as np

from issuemine.causes.ancestry import Scored, best_siblings, standing
from issuemine.causes.attributes import Coded
from issuemine.causes.cells import Cells
from issuemine.causes.comparison import AgainstOthers, AgainstPast, Comparison


def scored_cells(cells: Cells, against: str, *, standardised: bool) -> Scored:
    """Score combinations; the whole table must be among them."""
    root = cells.find({})
    assert root is not None  # noqa: S101 - the scan ends when no record is left
    whole = cells.where(np.arange(len(cells)) == root)
    comparison: Comparison
    if against == "past":
        comparison = AgainstPast(whole)
    else:
        records, base, total = (float(values[0]) for values in (whole.records, whole.base, whole.total))
        comparison = AgainstOthers(records, base, total, standardised=standardised)
    base_of = comparison.base(cells)
    return Scored(cells, comparison, base_of, comparison.score(cells.records, base_of))


def p_values(scored: Scored, least: int) -> np.ndarray:
    """P-values of all that was scanned; the whole table is no candidate."""
    found = scored.comparison.p_values(scored.cells)
    raised = (scored.excess > 0) & (scored.cells.size > 0) & (scored.cells.records >= least)
    return np.where(raised, np.clip(found, 0.0, 1.0), 1.0)


def cause(scored: Scored, significant: np.ndarray, coded: Coded) -> int | None:
    """Place of the cause to name, None if nothing stands out."""
    places = np.flatnonzero(significant & (scored.scores > 0))
    if not len(places):
        return None
    extensions = sum(len(attribute.values) for attribute in coded.attributes)
    best = scored.scores[places].max()
    # Of equal combinations the one with fewest attributes, then the first ones.
    ties = places[scored.scores[places] >= best * (1 - 1e-12)]
    start = min(ties, key=lambda place: (scored.cells.size[place], sorted(scored.cells.cell(place).items())))
    place = standing(scored, int(start), extensions)
    sibling = best_siblings(scored, place, significant)
    return place if sibling == place else standing(scored, sibling, extensions)
