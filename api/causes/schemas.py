"""What is asked and told of causes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.topics.schemas import WindowOut
from issuemine.causes import Strength

AgainstTopic = Literal["others", "past"]


class CandidateOut(BaseModel):
    """A combination of attribute values that is over-represented. An association, never proof."""

    attributes: dict[str, str] = Field(
        description="Attribute to value; `(missing)` and `(other)` are values."
    )
    records: int = Field(ge=0, description="The records asked about in the combination, less those above it.")
    expected: float = Field(ge=0, description="Records that the comparison leads to expect.")
    excess: float = Field(description="`records` less `expected`.")
    share_of_excess: float = Field(
        description="Part of the whole excess; against others, of all records asked about."
    )
    risk_ratio: float = Field(ge=0, description="`records` by `expected`.")
    low: float = Field(ge=0, description="Lower end of its 95 % interval.")
    high: float = Field(ge=0, description="Upper end.")
    support: int = Field(ge=0, description="All records in the combination.")
    q_value: float = Field(ge=0, le=1, description="False discovery rate over everything that was scanned.")
    strength: Strength = Field(description="By effect and uncertainty; docs/find-causes.md says how.")
    same_as: dict[str, str] = Field(description="Attributes that merely restate it.")
    within: dict[str, str] = Field(
        description="A candidate above that this one is part of, and is compared with the rest of."
    )
    sentence: str = Field(description="What was seen, in the language asked for.")
    basis: str = Field(description="What it is based on.")
    records_url: str | None = Field(description="Where its records are; null for pooled and missing values.")


class CausesOut(BaseModel):
    """Candidates, best first; empty where nothing stands out."""

    snapshot: str
    topic_id: str | None
    window: WindowOut
    against: Literal["others", "past", "segment"]
    by: list[str] = Field(description="Attributes that were looked at.")
    candidates: list[CandidateOut]
    message: str = Field(description="What to bear in mind, or that no attribute explains this.")


class PhraseQuoteOut(BaseModel):
    """A mention that says a phrase."""

    mention_id: str
    record_id: str
    text: str


class PhraseOut(BaseModel):
    """A phrase that people say of the topic lately and did not say before."""

    phrase: str
    mentions: int = Field(ge=0, description="Recent mentions of the topic that say it.")
    past_mentions: int = Field(ge=0, description="Mentions before that.")
    other_mentions: int = Field(ge=0, description="Recent mentions of other topics, of a sample.")
    log_odds: float = Field(description="Log odds ratio against the topic's past.")
    low: float = Field(description="Lower end of its 95 % interval.")
    high: float = Field(description="Upper end.")
    others_log_odds: float = Field(description="Log odds ratio against other topics.")
    q_value: float = Field(ge=0, le=1, description="False discovery rate over all phrases.")
    quotes: list[PhraseQuoteOut]


class SequenceOut(BaseModel):
    """An issue that the same customers write of before or after this one. An association, never proof."""

    topic_id: str = Field(description="The issue before.")
    next_id: str = Field(description="The issue after it.")
    other_id: str = Field(description="Which of both is not the issue asked about.")
    other_label: str
    contacts: int = Field(ge=0, description="Contacts about the later issue soon after the first.")
    expected: float = Field(ge=0, description="Of customers who write as often.")
    excess: float = Field(description="`contacts` less `expected`: what settling both at once would save.")
    saved_low: float = Field(ge=0, description="Lower end of its 95 % interval.")
    saved_high: float = Field(ge=0, description="Upper end.")
    ratio: float = Field(ge=0, description="`contacts` by `expected`.")
    low: float = Field(ge=0, description="Lower end of its 95 % interval.")
    high: float = Field(ge=0, description="Upper end.")
    customers: int = Field(ge=0, description="Customers who wrote of the one and then of the other.")
    first_customers: int = Field(ge=0, description="All customers who wrote of the first.")
    days: float = Field(ge=0, description="Days from one to the other, median.")
    days_low: float = Field(ge=0, description="Lower quartile.")
    days_high: float = Field(ge=0, description="Upper quartile.")
    reverse: int = Field(ge=0, description="Contacts the other way round.")
    ordered: bool = Field(description="Whether this order is the commoner one, beyond chance.")
    q_value: float = Field(ge=0, le=1, description="False discovery rate over all pairs of issues.")
    strength: Strength = Field(description="By effect and uncertainty; `weak` where the order is unclear.")
    sentence: str
    saving: str = Field(description="How many contacts settling both at once would have saved.")
    basis: str = Field(description="What it is based on.")


class SequenceBasisOut(BaseModel):
    """What sequences were counted from."""

    days: int = Field(ge=1, description="Within how many days one contact follows another.")
    first_day: date
    last_day: date
    contacts: int = Field(ge=0, description="Records that name their customer.")
    without_customer: int = Field(ge=0, description="Records that do not, and are left out.")


class SequencesOut(BaseModel):
    """What came before an issue and what comes next, as of the snapshot, surest first."""

    before: list[SequenceOut]
    next: list[SequenceOut]
    basis: SequenceBasisOut | None = Field(description="Null where the snapshot was made without looking.")
    message: str = Field(description="What to bear in mind, or that nothing stands out.")


class ChangeCandidateOut(BaseModel):
    """An entry of the change log that came shortly before a change point. An association, never proof."""

    event_id: int = Field(description="Number of the entry in the change log.")
    kind: str
    name: str
    start: date
    end: date
    scope: dict[str, str] = Field(description="Values that it concerns; empty where it concerns all records.")
    note: str
    ended: bool = Field(description="Whether its end came before, not its start.")
    lag_days: int = Field(description="Days from there to the change point; below 0 within its interval.")
    date_fit: float = Field(ge=0, le=1, description="How near it came before, over the interval of the date.")
    scope_fit: float | None = Field(
        description="Chance that its scope changed more than the rest; null where that cannot be told."
    )
    scope_share: float | None = Field(description="Part of the difference that has the values of its scope.")
    fit: float = Field(ge=0, le=1, description="Date and scope together.")
    placebo: float = Field(ge=0, le=1, description="Share of random days that the log would fit as well.")
    strength: Strength
    sentence: str
    basis: str


class ChangePointOut(BaseModel):
    """A day from which on the topic's rate (its share of all records) is another one."""

    day: date
    first: date = Field(description="Beginning of the date's 95 % interval.")
    last: date = Field(description="Its end.")
    ratio: float = Field(ge=0, description="The rate by the one before.")
    low: float = Field(ge=0, description="Lower end of its 95 % interval.")
    high: float = Field(ge=0, description="Upper end.")
    records: int = Field(ge=0, description="Records up to the next change point.")
    before_records: int = Field(ge=0, description="Records from the change point before.")
    days: int = Field(ge=0, description="Days with records of any topic, up to the next change point.")
    before_days: int = Field(ge=0, description="The same from the change point before.")
    p_value: float
    q_value: float = Field(description="False discovery rate over all change points of the night.")
    strength: Strength
    sentence: str
    basis: str
    candidates: list[ChangeCandidateOut] = Field(description="Changes that fit, the best first.")


class TopicCausesOut(CausesOut):
    """Candidates for a topic, new phrases, since when it is different, and what comes before and after."""

    changes: list[ChangePointOut] = Field(description="Change points as of the snapshot, the newest first.")
    changes_message: str = Field(description="What would refute them, or that no change is known.")
    phrases: list[PhraseOut] = Field(description="New phrases as of the snapshot, surest first.")
    sequences: SequencesOut


class SegmentIn(BaseModel):
    """Some records."""

    model_config = ConfigDict(extra="forbid")

    topic_id: str | None = Field(None, max_length=40, description="Only records that speak of this topic.")
    fields: dict[str, list[str]] = Field(
        default_factory=dict, description="Field of records to the values that it may have.", max_length=12
    )
    attributes: dict[str, str] = Field(
        default_factory=dict, description="Attributes that must have just that value.", max_length=20
    )
    segment: str | None = Field(None, max_length=60, description="Only records of this saved segment.")


class ExplainIn(BaseModel):
    """What to explain: which records, in which days, against what."""

    model_config = ConfigDict(extra="forbid")

    target: SegmentIn = Field(description="The records asked about.")
    against: AgainstTopic | SegmentIn = Field(
        "others",
        description="`others`: all others of the days; `past`: as many days before; or a segment.",
    )
    by: list[str] | None = Field(
        None, max_length=12, description="Attributes to look at; default: all that tell."
    )
    first: date | None = Field(None, description="First day; default: the first day with records.")
    last: date | None = Field(None, description="Last day; default: the snapshot's day.")
