"""Which of a combination and its parents is the cause that a person would name.

A parent has one attribute less. A child scores higher than its parent whenever its values happen to hold a
few records more, so the score alone names causes that are too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import pdtrc

from issuemine.causes.cells import Cells, Numbers
from issuemine.causes.comparison import Comparison, at_least

_CHANCE = 0.05
_ALIKE = 1 / 3
"""The parent is the cause if the rest of it is raised by at least a third of what the child is, on the scale
of logarithms. Chosen on half of the incidents of decision 0017, where 0.25 to 0.36 do about as well."""
_SIBLINGS = 3
_SIBLING_SHARE = 0.25
_SIBLING_GAIN = 1.1


@dataclass(frozen=True)
class Scored:
    """Cells, what they are compared with, and the score that the scan gave them."""

    cells: Cells
    comparison: Comparison
    base: Numbers
    scores: Numbers

    @property
    def excess(self) -> Numbers:
        """Records beyond the expected ones."""
        records = self.cells.records
        return records - self.base * self.comparison.scale(records, self.base)


def standing(scored: Scored, start: int, extensions: int) -> int:
    """The combination to name in the place of one that scores high.

    Goes up to every parent that explains as well, and on from there; of the combinations where that ends the
    one with the highest score stands.

    Parameters
    ----------
    scored : Scored
        All combinations that were scanned.
    start : int
        Place of the one that scores highest.
    extensions : int
        How many values a parent can be narrowed by: the number of chances that a child had.
    """
    seen, pending, ends = {start}, [start], []
    while pending:
        place = pending.pop()
        parents = [
            parent for parent in _parents(scored.cells, place) if _explains(scored, parent, place, extensions)
        ]
        if not parents:
            ends.append(place)
        pending += [parent for parent in parents if parent not in seen]
        seen.update(parents)
    return min(ends, key=lambda place: (-scored.scores[place], place))


def best_siblings(scored: Scored, place: int, eligible: np.ndarray) -> int:
    """The best value of the attributes whose values explain most together.

    Two values of one attribute can each be a cause. Then a value of another attribute that holds some of both
    scores higher than either, though the two together score higher than it does.

    Parameters
    ----------
    scored : Scored
        All combinations that were scanned.
    place : int
        The combination that stands so far.
    eligible : array of bool, shape (n_cells,)
        Combinations that may be named; the others count as siblings all the same.
    """
    cells = scored.cells
    enough = scored.excess >= _SIBLING_SHARE * scored.excess[place]
    places = np.flatnonzero(enough & (cells.size == len(cells.cell(place))))
    best: tuple[float, int] | None = None
    totals = {}
    for cuboid in np.unique(cells.cuboids[places]):
        members = places[cells.cuboids[places] == cuboid]
        members = members[np.argsort(-scored.scores[members], kind="stable")][:_SIBLINGS]
        totals[int(cuboid)] = float(scored.scores[members].sum())
        if eligible[members[0]] and (best is None or totals[int(cuboid)] > best[0]):
            best = (totals[int(cuboid)], int(members[0]))
    own = totals.get(int(cells.cuboids[place]), float(scored.scores[place]))
    return best[1] if best is not None and best[0] > _SIBLING_GAIN * own else place


def _parents(cells: Cells, place: int) -> list[int]:
    """Places of the combinations with one attribute less; never the empty one."""
    cell = cells.cell(place)
    if len(cell) < 2:
        return []
    shorter = ({number: code for number, code in cell.items() if number != left} for left in cell)
    found = (cells.find(parent) for parent in shorter)
    return [parent for parent in found if parent is not None]


def _explains(scored: Scored, parent: int, child: int, extensions: int) -> bool:
    """Whether a parent stands in the place of its child."""
    if scored.scores[parent] >= scored.scores[child]:
        return True
    cells = scored.cells
    records, base = cells.records[[parent]], scored.base[[parent]]
    scale = float(scored.comparison.scale(records, base)[0])
    expected = float(base[0]) * scale
    inside, expected_inside = float(cells.records[child]), float(scored.base[child]) * scale
    rest, expected_rest = float(records[0]) - inside, max(expected - expected_inside, 1e-9)
    share = np.array([min(expected_inside / max(expected, 1e-9), 1.0)])
    if at_least(np.array([inside]), inside + rest, share)[0] > _CHANCE / extensions:
        return True  # the child is above its parent by chance
    if rest <= expected_rest or pdtrc(rest - 1, expected_rest) > _CHANCE:
        return False
    risen, child_risen = np.log((rest + 0.5) / (expected_rest + 0.5)), np.log(inside / expected_inside)
    return bool(risen >= _ALIKE * child_risen)
