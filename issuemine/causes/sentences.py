"""Candidates in words: what was seen, how sure it is, and what would refute it."""

from __future__ import annotations

from typing import Literal

from issuemine.causes.attributes import MISSING, OTHER
from issuemine.causes.candidates import Candidate
from issuemine.messages import mark, say

STRENGTH_WORDS = {"strong": mark("strong"), "moderate": mark("moderate"), "weak": mark("weak")}
_VALUES = {MISSING: mark("(missing)"), OTHER: mark("(other)")}


def combination(attributes: dict[str, str]) -> str:
    """A combination of attribute values as people read it."""
    return ", ".join(
        f"{name} = {say(_VALUES.get(value, '{value}'), value=value)}" for name, value in attributes.items()
    )


def sentence(candidate: Candidate, against: Literal["others", "past"]) -> str:
    """What was seen and how sure it is."""
    fields = {
        "what": combination(candidate.attributes),
        "records": candidate.records,
        "expected": candidate.expected,
        "ratio": candidate.risk_ratio,
        "low": candidate.low,
        "high": candidate.high,
        "strength": say(STRENGTH_WORDS[candidate.strength]),
    }
    if against == "past":
        return say(
            "{what}: {records:,} records where its own past leads to expect {expected:,.0f}, {ratio:.1f} "
            "times as many (95 % interval {low:.1f} to {high:.1f}); the evidence is {strength}.",
            **fields,
        )
    if candidate.within:
        return say(
            "{what}: {records:,} records where the rest of {within} leads to expect {expected:,.0f}, "
            "{ratio:.1f} times as many (95 % interval {low:.1f} to {high:.1f}); the evidence is {strength}.",
            within=combination(candidate.within),
            **fields,
        )
    return say(
        "{what}: {records:,} records where the rate of all others leads to expect {expected:,.0f}, "
        "{ratio:.1f} times as many (95 % interval {low:.1f} to {high:.1f}); the evidence is {strength}.",
        **fields,
    )


def basis(candidate: Candidate) -> str:
    """What a candidate is based on."""
    return say(
        "Based on {support:,} records in all; {share:.0%} of the excess; false discovery rate {q:.2g}.",
        support=candidate.support,
        share=candidate.share_of_excess,
        q=candidate.q_value,
    )


def refutation() -> str:
    """What would speak against every candidate."""
    return say(
        "These are associations, not proof. A candidate is refuted if the rate stays as high once its "
        "records are settled, or if something that goes along with it explains the records as well."
    )


def nothing() -> str:
    """Said instead of the best of noise."""
    return say("No attribute explains this.")
