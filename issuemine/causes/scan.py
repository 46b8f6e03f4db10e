"""Attribute drivers: a scan over combinations of attribute values.

Each round scores every combination, names the cause behind the best one, and takes its records out; the next
round sees what is left, so that a strong cause does not hide a weaker one, and a combination that merely
restates a cause has nothing left to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal, Protocol

import pyarrow as pa

from issuemine.causes.ancestry import Scored
from issuemine.causes.apart import apart, around
from issuemine.causes.attributes import Coded
from issuemine.causes.candidates import Candidate, strength
from issuemine.causes.cells import Cell, Cells
from issuemine.causes.comparison import AgainstOthers, AgainstPast
from issuemine.causes.dispersion import dispersion
from issuemine.causes.estimates import Ratio, against_others, against_past
from issuemine.causes.fdr import q_values
from issuemine.causes.rounds import cause, p_values, scored_cells
from issuemine.config import CausesSettings


class Counter(Protocol):
    """Counts of the records that are left."""

    def cuboids(
        self,
        sets: Sequence[Sequence[int]],
        *,
        least: int = 0,
        cell: Cell | None = None,
        apart: Sequence[Cell] | None = None,
    ) -> pa.Table:
        """Counts by sets of attributes, numbered from 1; of one combination's records where it is given.

        With ``apart`` those removed count too, but not those of the combinations that it lists.
        """
        ...

    def strata(self, cell: Cell | None = None, *, apart: Sequence[Cell] | None = None) -> pa.Table:
        """Exact counts by stratum, of the same records."""
        ...

    def remove(self, cell: Cell) -> None:
        """Leave a combination's records out from now on."""
        ...


def scan(
    counter: Counter,
    coded: Coded,
    settings: CausesSettings,
    against: Literal["others", "past"] = "others",
    *,
    standardised: bool = False,
) -> list[Candidate]:
    """Candidates for what is different about a topic's records, best first; empty where nothing stands out.

    Parameters
    ----------
    counter : Counter
        Gives the counts.
    coded : Coded
        What the numbers in the counts stand for.
    settings : CausesSettings
        Least support, false discovery rate, and so on.
    against : str
        What the records are compared with: all other records, or each combination's own past.
    standardised : bool, default False
        Whether the rows that are counted have strata.
    """
    width = len(coded.attributes)
    if not width:
        return []
    sets = [
        [number + 1 for number in chosen]
        for size in range(min(settings.max_attributes, width) + 1)
        for chosen in combinations(range(width), size)
    ]
    cells = Cells.of(counter.cuboids(sets, least=settings.min_support), width)
    found: list[tuple[dict[int, int], pa.Table | Ratio, float]] = []
    excess = 0.0
    while len(found) < settings.max_candidates and cells.find({}) is not None:
        scored = scored_cells(cells, against, standardised=standardised)
        q = q_values(p_values(scored, settings.min_support))
        if not found:
            excess = _whole_excess(scored)
        place = cause(scored, q <= settings.false_discovery_rate, coded)
        if place is None:
            break
        cell = cells.cell(place)
        figures = _past_ratio(scored, place) if against == "past" else counter.strata(cell)
        found.append((cell, figures, float(q[place])))
        cells = cells.minus(Cells.of(counter.cuboids(sets, cell=cell), width))
        counter.remove(cell)
        cells = cells.where((cells.records >= settings.min_support) | (cells.size == 0))
    outer = [cell for cell, _, _ in found]
    if against == "others":
        nested = (_within(counter, coded, settings, cell, outer, standardised) for cell in outer)
        found += [each for each in nested if each is not None]
    ratios = [_ratio(counter, cell, figures, outer, settings) for cell, figures, _ in found]
    # A weak candidate may be chance, and what chance made high is not left out of the comparison.
    sure = [
        cell
        for (cell, _, rate), ratio in zip(found, ratios, strict=True)
        if strength(ratio.low, rate) != "weak"
    ]
    spread = 1.0 if against == "past" else dispersion(counter, width, sure)
    told = []
    for cell, figures, rate in found:
        ratio = _ratio(counter, cell, figures, sure, settings, spread)
        candidate = _candidate(cell, ratio, excess, rate, coded)
        parent = around(cell, outer) if against == "others" else None
        told.append(candidate if parent is None else replace(candidate, within=coded.named(parent)))
    return told


def _ratio(
    counter: Counter,
    cell: Cell,
    figures: pa.Table | Ratio,
    causes: Sequence[Cell],
    settings: CausesSettings,
    dispersion: float = 1.0,
) -> Ratio:
    if isinstance(figures, Ratio):
        return figures
    return apart(counter, cell, figures, causes, settings.min_support, dispersion)


def _within(
    counter: Counter,
    coded: Coded,
    settings: CausesSettings,
    cell: Cell,
    causes: Sequence[Cell],
    standardised: bool,
) -> tuple[dict[int, int], pa.Table, float] | None:
    """A cause within a cause: part of its records is raised still more, compared with the rest of them.

    Records of other causes are left out, so that where two causes meet is none. Only what is moderate or
    better is told, since no cause acts quite evenly.
    """
    width = len(coded.attributes)
    free = [number for number in range(width) if number not in cell]
    sets = [
        [number + 1 for number in chosen]
        for size in range(min(settings.max_attributes - len(cell), len(free)) + 1)
        for chosen in combinations(free, size)
    ]
    if len(sets) < 2:
        return None
    others = [other for other in causes if other != cell]
    table = counter.cuboids(sets, least=settings.min_support, cell=cell, apart=others)
    cells = Cells.of(table, width)
    if cells.find({}) is None:
        return None
    scored = scored_cells(cells, "others", standardised=standardised)
    q = q_values(p_values(scored, settings.min_support))
    place = cause(scored, q <= settings.false_discovery_rate, coded)
    if place is None:
        return None
    inner = {**cell, **cells.cell(place)}
    inside = counter.strata(inner, apart=others)
    ratio = against_others(inside, counter.strata(cell, apart=[*others, inner]))
    return None if strength(ratio.low, q[place]) == "weak" else (inner, inside, float(q[place]))


def _whole_excess(scored: Scored) -> float:
    """Records of the whole table beyond those expected; against other records all of the topic's."""
    root = scored.cells.find({})
    assert root is not None  # noqa: S101 - asked for only while records are left
    records = float(scored.cells.records[root])
    if isinstance(scored.comparison, AgainstOthers):
        return records
    return records - float(scored.base[root])


def _past_ratio(scored: Scored, place: int) -> Ratio:
    assert isinstance(scored.comparison, AgainstPast)  # noqa: S101 - called for it alone
    past = scored.comparison.past(scored.cells)[place]
    records, total = scored.cells.records[place], scored.cells.total[place]
    return against_past(float(records), float(total), float(scored.base[place]), float(past))


def _candidate(cell: Cell, ratio: Ratio, excess: float, q_value: float, coded: Coded) -> Candidate:
    own = ratio.records - ratio.expected
    return Candidate(
        attributes=coded.named(cell),
        records=round(ratio.records),
        expected=ratio.expected,
        excess=own,
        share_of_excess=min(own / excess, 1.0) if excess > own > 0 else 1.0,
        risk_ratio=ratio.ratio,
        low=ratio.low,
        high=ratio.high,
        support=round(ratio.total),
        q_value=q_value,
        strength=strength(ratio.low, q_value),
        same_as=coded.restated(cell),
    )
