"""Change points, and the changes that may have to do with them, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from issuemine.messages import mark, say
from issuemine.records_changes import Change

_KINDS = {
    "release": mark("release"),
    "outage": mark("outage"),
    "campaign": mark("campaign"),
    "price": mark("price change"),
    "policy": mark("policy change"),
    "other": mark("change"),
}
_STRENGTHS = {"strong": mark("strong"), "moderate": mark("moderate"), "weak": mark("weak")}


def kind_name(kind: str) -> str:
    """A kind as people read it; a word of their own as it is."""
    return say(_KINDS[kind]) if kind in _KINDS else kind


def named(change: Change) -> str:
    """A change by its kind and name."""
    return f"{kind_name(change.kind)} '{change.name}'"


def point_sentence(point: Mapping[str, Any]) -> str:
    """Since when the rate is another one, by how much, and how sure that is.

    Parameters
    ----------
    point : mapping
        The fields of a change point, and its ``strength``.
    """
    fields = dict(point) | {"strength": _strength(point)}
    if not point["before_records"]:
        return say(
            "From {day} on (95 % interval {first} to {last}) there are records, after none in "
            "{before_days:,} days; the evidence is {strength}.",
            **fields,
        )
    if not point["records"]:
        return say(
            "From {day} on (95 % interval {first} to {last}) there are no records any more, in {days:,} "
            "days; the evidence is {strength}.",
            **fields,
        )
    if point["first"] == point["last"]:
        return say(
            "From {day} on the rate is {ratio:.2g} times what it was before (95 % interval {low:.2g} to "
            "{high:.2g}); the date is sure to the day; the evidence is {strength}.",
            **fields,
        )
    return say(
        "From {day} on (95 % interval {first} to {last}) the rate is {ratio:.2g} times what it was before "
        "(95 % interval {low:.2g} to {high:.2g}); the evidence is {strength}.",
        **fields,
    )


def point_basis(point: Mapping[str, Any]) -> str:
    """What a change point is based on."""
    return say(
        "Based on {records:,} records in {days:,} days after {before_records:,} in {before_days:,}, as a "
        "share of all records, without the pattern of the week; false discovery rate {q_value:.2g}.",
        **point,
    )


def candidate_sentence(candidate: Mapping[str, Any]) -> str:
    """What came before a change point, how well it fits, and how often a random day fits as well.

    Parameters
    ----------
    candidate : mapping
        The fields of a change and of how it lines up.
    """
    change = Change(candidate["kind"], candidate["name"], candidate["start"], candidate["end"])
    rare = say(
        "{placebo:.0%} of random days would fit the change log as well; the evidence is {strength}.",
        placebo=candidate["placebo"],
        strength=_strength(candidate),
    )
    return f"{_came(named(change), candidate)} {rare}"


def candidate_basis(candidate: Mapping[str, Any]) -> str:
    """How the values that a change concerns moved."""
    if not candidate["scope"]:
        return say("It concerns all records, so only its date speaks for it.")
    scope = ", ".join(f"{name} = {value}" for name, value in candidate["scope"].items())
    if candidate["scope_fit"] is None:
        return say(
            "Too few records tell whether they have {scope}: only its date speaks for it.", scope=scope
        )
    return say(
        "It concerns {scope}, which holds {share:.0%} of the difference and changed more than the rest with "
        "a chance of {chance:.0%}, among the records that tell.",
        scope=scope,
        share=candidate["scope_share"],
        chance=candidate["scope_fit"],
    )


def refutation() -> str:
    """What would speak against every change that fits."""
    return say(
        "A change that fits is an association, not proof. It is refuted if those whom it did not reach see "
        "the same difference, if that stays once the change is taken back, or if the rate had changed before."
    )


def point_refutation() -> str:
    """What would speak against a change point alone."""
    return say(
        "A change point is refuted if records were only gathered, written or sorted in another way since."
    )


def no_change() -> str:
    """Said where the rate of a topic is steady."""
    return say("No change of the rate is known.")


def no_candidate() -> str:
    """Said of a change point that the change log tells nothing of."""
    return say("Nothing in the change log fits better than it would fit most days.")


def changes_told(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Change points and their candidates with their sentences, and what to bear in mind.

    Parameters
    ----------
    points : sequence of mapping
        Change points, each with its ``candidates``.

    Returns
    -------
    dict
        ``changes`` and ``changes_message``.
    """
    told = [
        dict(point)
        | {
            "sentence": point_sentence(point),
            "basis": point_basis(point),
            "candidates": [
                dict(each) | {"sentence": candidate_sentence(each), "basis": candidate_basis(each)}
                for each in point["candidates"]
            ],
        }
        for point in points
    ]
    fitting = any(point["candidates"] for point in points)
    message = refutation() if fitting else point_refutation() if points else no_change()
    return {"changes": told, "changes_message": message}


def _came(what: str, candidate: Mapping[str, Any]) -> str:
    lag, day = candidate["lag_days"], candidate["start"]
    if candidate["ended"]:
        return say("{what} ended shortly before, on {day}.", what=what, day=candidate["end"])
    if lag == 0:
        return say("{what} came on that day, {day}.", what=what, day=day)
    if lag == 1:
        return say("{what} came the day before, on {day}.", what=what, day=day)
    if lag < 0:
        return say("{what} came within the interval, on {day}.", what=what, day=day)
    return say("{what} came {lag:,} days before, on {day}.", what=what, lag=lag, day=day)


def _strength(facts: Mapping[str, Any]) -> str:
    found = facts["strength"]
    return say(_STRENGTHS[found])
