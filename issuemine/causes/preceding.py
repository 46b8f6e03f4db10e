"""What came before: which topic customers write of after another, beyond what writing so often explains.

Contacts of customers who wrote of the first topic in the days before are compared with contacts of customers
who wrote just as often in those days, but not of it. Both sides are counted against the topics' daily shares,
so that a burst of the later topic, which everybody writes of then, follows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import ndtri

from issuemine.causes.candidates import Strength, strength
from issuemine.causes.comparison import at_least
from issuemine.causes.fdr import q_values

_LEVEL = 0.95
_LEAST_CUSTOMERS = 5
_ORDER = 0.05
"""An order that chance would show this often is none."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A topic that customers write of after another.

    Attributes
    ----------
    topic_id, next_id : str
        The topic before, and the one after it.
    contacts : int
        Contacts about the later topic by customers who had written of the first one in the days before.
    expected, excess : float
        Contacts that they would have made anyway, and those beyond: what settling both at once saves.
    ratio, low, high : float
        ``contacts`` by ``expected``, and its 95 % interval.
    customers, first_customers : int
        Customers who wrote of one and then of the other; all who wrote of the first.
    days_low, days, days_high : float
        Days from the last contact about the first topic to the later one: quartiles and median.
    reverse : int
        Contacts about the first topic after the later one.
    ordered : bool
        Whether the one comes after the other more often than before it, beyond chance.
    q_value : float
        False discovery rate over all pairs of topics.
    strength : str
        As for candidates; ``weak`` where the two come in either order, which two topics of the same customers
        do as well.
    """

    topic_id: str
    next_id: str
    contacts: int
    expected: float
    excess: float
    ratio: float
    low: float
    high: float
    customers: int
    first_customers: int
    days_low: float
    days: float
    days_high: float
    reverse: int
    ordered: bool
    q_value: float
    strength: Strength


def sequences(counts: pa.Table, *, least: int, rate: float = 0.05) -> list[Sequence]:
    """Pairs of topics of which one follows the other, surest first.

    Parameters
    ----------
    counts : Table
        For each pair, and each level of how often customers had written: ``after`` and ``otherwise``,
        contacts about the later topic by customers who had and had not written of the first;
        ``expected_after`` and ``expected_otherwise``, the same at the topic's daily shares; and for each pair
        ``customers``, ``first_customers``, ``days`` (three quartiles), ``weight`` (mean number of contacts
        that come from one customer) and ``tests``, how many pairs there could have been.
    least : int
        Fewest contacts after the first topic.
    rate : float, default 0.05
        False discovery rate over all pairs.

    Notes
    -----
    The ratio is Mantel and Haenszel's rate ratio over the levels, with the interval of Greenland and Robins
    (Biometrics 41, 1985, p. 55, formula 10). Given both counts of a level the one after is binomial; the sum
    over levels has a tail no wider than that of one binomial with the same mean (Hoeffding, Ann. Math.
    Statist. 27, 1956, p. 713). Contacts are divided by ``weight``, since a customer's are not independent.
    Once a topic is found to come before another, what follows it is taken out of the comparison of the
    others, so that topics which all lead to one do not hide each other.
    """
    if not counts.num_rows:
        return []
    table = _Table(counts)
    found = np.zeros(len(table.rows), dtype=bool)
    pairs = table.pairs(found)
    while (new := (pairs.q_values(least) <= rate) & ~found).any():
        found |= new
        pairs = table.pairs(found)
    q = np.minimum(pairs.q_values(least), rate)
    listed = (_sequence(pairs, int(place), float(q[place])) for place in np.flatnonzero(found))
    return sorted(
        (each for each in listed if each.low > 1), key=lambda each: (-each.low, each.topic_id, each.next_id)
    )


class _Table:
    """Counts by pair and level, and which rows are a pair's."""

    def __init__(self, counts: pa.Table) -> None:
        names = ("after", "expected_after", "otherwise", "expected_otherwise", "often")
        columns = [counts[name].cast(pa.float64()).to_numpy() for name in names]
        self.after, self.expected, self.others, self.expected_others, often = columns
        keys = list(zip(counts["topic_id"].to_pylist(), counts["next_id"].to_pylist(), strict=True))
        first = [place for place, key in enumerate(keys) if place == 0 or key != keys[place - 1]]
        self.starts = np.array(first)
        self.of = np.repeat(np.arange(len(first)), np.diff([*first, len(keys)]))
        self.rows: list[dict[str, Any]] = counts.take(pa.array(first)).to_pylist()
        self.places = {keys[place]: number for number, place in enumerate(first)}
        later = [f"{next_id} {level}" for (_, next_id), level in zip(keys, often, strict=True)]
        self.later = np.unique(later, return_inverse=True)[1]
        """Number of each row's later topic and level."""

    def summed(self, values: np.ndarray) -> np.ndarray:
        """Sums over the levels of each pair."""
        return np.asarray(np.add.reduceat(values, self.starts), dtype=np.float64)

    def pairs(self, found: np.ndarray) -> _Pairs:
        """Figures of all pairs; what follows other topics that were found is left out of the comparison."""
        others = self._apart(self.after, self.others, found)
        expected_others = self._apart(self.expected, self.expected_others, found)
        whole = np.maximum(self.expected + expected_others, 1e-12)
        both = self.summed(self.after + others)
        above = self.summed(self.after * expected_others / whole)
        below = self.summed(others * self.expected / whole)
        # Nobody else writes of it: half a contact, as for an empty cell of a table.
        below = np.maximum(np.where(below > 0, below, 0.5 * self.summed(self.expected / whole)), 1e-12)
        spread = self.summed((self.after + others) * self.expected * expected_others / whole**2)
        weight = np.array([float(row["weight"]) for row in self.rows])
        return _Pairs(
            table=self,
            after=self.summed(self.after),
            expected=self.summed(self.expected),
            both=both,
            share=self.summed((self.after + others) * self.expected / whole) / np.maximum(both, 1e-12),
            ratio=above / below,
            error=np.sqrt(weight * spread / np.maximum(above * below, 1e-12)),
            weight=weight,
        )

    def _apart(self, after: np.ndarray, others: np.ndarray, found: np.ndarray) -> np.ndarray:
        """Counts of others without those after the topics found before the same one; its own is not in."""
        own = np.where(found[self.of], after, 0.0)
        return np.maximum(others - (np.bincount(self.later, own)[self.later] - own), 0.0)


@dataclass(frozen=True)
class _Pairs:
    """Figures of pairs: arrays of float, shape (n_pairs,)."""

    table: _Table
    after: np.ndarray
    expected: np.ndarray
    both: np.ndarray
    share: np.ndarray
    ratio: np.ndarray
    error: np.ndarray
    weight: np.ndarray

    def q_values(self, least: int) -> np.ndarray:
        """False discovery rate over all pairs that there could have been."""
        rows = self.table.rows
        enough = self.after >= least
        enough &= np.array([row["customers"] >= _LEAST_CUSTOMERS for row in rows])
        chance = at_least(self.after / self.weight, self.both / self.weight, self.share)
        p_values = np.ones(max(int(rows[0]["tests"]), len(rows)))
        p_values[: len(rows)] = np.where(enough, chance, 1.0)
        return q_values(p_values)[: len(rows)]


def _sequence(pairs: _Pairs, place: int, q_value: float) -> Sequence:
    row = pairs.table.rows[place]
    contacts, ratio = float(pairs.after[place]), float(pairs.ratio[place])
    wide = float(ndtri(0.5 + _LEVEL / 2)) * float(pairs.error[place])
    low, high = ratio * np.exp(-wide), ratio * np.exp(wide)
    reverse, ordered = _order(pairs, place)
    return Sequence(
        topic_id=row["topic_id"],
        next_id=row["next_id"],
        contacts=round(contacts),
        expected=contacts / ratio if ratio > 0 else contacts,
        excess=contacts - contacts / ratio if ratio > 0 else 0.0,
        ratio=ratio,
        low=float(low),
        high=float(high),
        customers=int(row["customers"]),
        first_customers=int(row["first_customers"]),
        days_low=float(row["days"][0]),
        days=float(row["days"][1]),
        days_high=float(row["days"][2]),
        reverse=reverse,
        ordered=ordered,
        q_value=q_value,
        strength=strength(low, q_value) if ordered else "weak",
    )


def _order(pairs: _Pairs, place: int) -> tuple[int, bool]:
    """Contacts the other way round, and whether this way is commoner than expected of both."""
    row = pairs.table.rows[place]
    other = pairs.table.places.get((row["next_id"], row["topic_id"]))
    if other is None:
        return 0, True
    here, there, weight = pairs.after[place], pairs.after[other], pairs.weight[place]
    whole = pairs.expected[place] + pairs.expected[other]
    share = np.array([pairs.expected[place] / max(whole, 1e-12)])
    chance = at_least(np.array([here / weight]), float((here + there) / weight), share)[0]
    return round(float(there)), bool(chance <= _ORDER)
