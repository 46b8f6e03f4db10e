"""What came before a topic and what comes next, in words: what was seen and what would refute it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from issuemine.causes.sentences import STRENGTH_WORDS
from issuemine.messages import say


def told_sequences(found: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Sequences that a topic is part of, with their sentences.

    Parameters
    ----------
    found : mapping
        ``before``, ``next`` and ``basis``, as the store gives them.
    most : int
        Sequences listed on each side.
    """
    basis = found["basis"]
    return {
        "before": [_told(row, basis, after=False) for row in found["before"][:most]],
        "next": [_told(row, basis, after=True) for row in found["next"][:most]],
        "basis": basis,
        "message": _message([*found["before"], *found["next"]], basis),
    }


def _told(row: Mapping[str, Any], basis: Mapping[str, Any], *, after: bool) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in ("place", "label", "next_label")}
    other = {"topic_id": row["next_id"], "label": row["next_label"]} if after else {}
    told["other_id"] = other.get("topic_id", row["topic_id"])
    told["other_label"] = other.get("label", row["label"])
    saved_low, saved_high = (max(row["contacts"] * (1 - 1 / end), 0.0) for end in (row["low"], row["high"]))
    told |= {"saved_low": saved_low, "saved_high": saved_high}
    told["sentence"] = _sentence(told, basis["days"], after=after)
    told["saving"] = say(
        "Settling both at once would have saved about {saved:,.0f} contacts ({low:,.0f} to {high:,.0f}) "
        "since {first}.",
        saved=row["excess"],
        low=saved_low,
        high=saved_high,
        first=basis["first_day"],
    )
    told["basis"] = say(
        "Based on {customers:,} of the {all:,} customers who wrote of the first; false discovery rate "
        "{q:.2g}.",
        customers=row["customers"],
        all=row["first_customers"],
        q=row["q_value"],
    )
    if not row["ordered"]:
        told["basis"] += " " + say(
            "The two come in either order ({reverse:,} contacts the other way round), so neither need lead "
            "to the other.",
            reverse=row["reverse"],
        )
    return told


def _sentence(told: Mapping[str, Any], within: int, *, after: bool) -> str:
    word = STRENGTH_WORDS[told["strength"]]
    fields = {
        "label": told["other_label"],
        "topic": told["other_id"],
        "within": within,
        "contacts": told["contacts"],
        "expected": told["expected"],
        "ratio": told["ratio"],
        "low": told["low"],
        "high": told["high"],
        "days": told["days"],
        "soon": told["days_low"],
        "late": told["days_high"],
        "strength": say(word),
    }
    if after:
        return say(
            "“{label}” ({topic}) comes next: {contacts:,} contacts about it within {within} days after this "
            "issue, where customers who write as often make {expected:,.0f}, {ratio:.1f} times as many (95 % "
            "interval {low:.1f} to {high:.1f}), typically {days:.0f} days later (half of them {soon:.0f} to "
            "{late:.0f}); the evidence is {strength}.",
            **fields,
        )
    return say(
        "“{label}” ({topic}) came before: {contacts:,} contacts about this issue within {within} days after "
        "it, where customers who write as often make {expected:,.0f}, {ratio:.1f} times as many (95 % "
        "interval {low:.1f} to {high:.1f}), typically {days:.0f} days later (half of them {soon:.0f} to "
        "{late:.0f}); the evidence is {strength}.",
        **fields,
    )


def _message(rows: Sequence[Mapping[str, Any]], basis: Mapping[str, Any] | None) -> str:
    if basis is None:
        return say("What comes before and after will be looked for by the next run.")
    if not basis["contacts"]:
        return say("No record names its customer, so what comes before and after cannot be told.")
    said = (
        say(
            "What comes before need not be the reason. It is refuted if customers whose first issue was "
            "settled well write of the second just as often, or if a product or plan that both go with "
            "explains it."
        )
        if rows
        else say("No issue stands out before or after this one.")
    )
    if not basis["without_customer"]:
        return said
    share = basis["without_customer"] / (basis["without_customer"] + basis["contacts"])
    return said + " " + say("{share:.0%} of records name no customer and are left out.", share=share)
