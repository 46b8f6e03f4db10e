"""A cause candidate: what stands out, by how much, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Strength = Literal["strong", "moderate", "weak"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)

_STRONG_LOW, _STRONG_Q = 2.0, 0.001
_MODERATE_LOW, _MODERATE_Q = 1.25, 0.01


@dataclass(frozen=True, slots=True)
class Candidate:
    """A combination of attribute values that is over-represented among a topic's records.

    Attributes
    ----------
    attributes : dict
        Attribute to value.
    records : int
        The topic's records in the combination; those of candidates listed before it are left out.
    expected : float
        Records that the comparison leads to expect, with what other candidates add where they overlap.
    excess : float
        ``records`` less ``expected``.
    share_of_excess : float
        Part of the topic's whole excess; against other records, of all of the topic's records.
    risk_ratio, low, high : float
        ``records`` by ``expected``, and its 95 % interval; from records that no other candidate holds.
    support : int
        All records in the combination.
    q_value : float
        False discovery rate over everything that was scanned.
    strength : str
        By effect and uncertainty; see :func:`strength`.
    same_as : dict
        Other attributes that merely restate the combination, with their value.
    within : dict
        Another candidate that this one is part of; it is compared with the rest of that one.
    """

    attributes: dict[str, str]
    records: int
    expected: float
    excess: float
    share_of_excess: float
    risk_ratio: float
    low: float
    high: float
    support: int
    q_value: float
    strength: Strength
    same_as: dict[str, str]
    within: dict[str, str] = field(default_factory=dict)


def strength(low: float, q_value: float) -> Strength:
    """How much a candidate says.

    Parameters
    ----------
    low : float
        Lower end of the risk ratio's interval: what the effect is at least.
    q_value : float
        Its false discovery rate.

    Returns
    -------
    str
        ``strong``: at least twice the expected records, false discovery rate at most 0.001; ``moderate``: at
        least a quarter more, at most 0.01; ``weak``: the rest of what is listed.
    """
    if low >= _STRONG_LOW and q_value <= _STRONG_Q:
        return "strong"
    if low >= _MODERATE_LOW and q_value <= _MODERATE_Q:
        return "moderate"
    return "weak"
