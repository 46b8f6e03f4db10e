"""What is told of signals."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from api.topics.schemas import Quote, WindowOut
from issuemine.records import Nature, Scope, Severity, SignalState


class SignalOut(BaseModel):
    """A finding of one night: something comes up more often than its past explains."""

    signal_id: str = Field(description="The same whenever the same night is run again.")
    episode_id: str = Field(description="First signal of those that go on night after night.")
    incident_id: str = Field(description="First signal of those that are one thing told of several subjects.")
    day: date = Field(description="The night's day.")
    first_day: date = Field(description="Day on which the episode began.")
    scope: Scope = Field(description="A topic, a source as a whole, or a group of mentions that is no topic.")
    topic_id: str | None
    source: str | None
    state: SignalState
    severity: Severity
    nature: Nature = Field(description="What the excess is made of.")
    news: bool = Field(description="Whether nobody was told yet and it is worth telling by itself.")
    provisional: bool = Field(description="Whether it is about mentions that are no topic yet.")
    label: str
    keywords: list[str]
    window: str = Field(description="What stands out most: day, week, or hours such as 09:00-12:00 UTC.")
    observed: int = Field(ge=0, description="Records of the window.")
    expected: float = Field(description="What the past lets expect of it.")
    low: float = Field(description="Usually it is not below this ...")
    high: float = Field(description="... nor above this.")
    exposure: int = Field(ge=0, description="All records of the same sources in the window.")
    excess: float = Field(description="Records above what was expected.")
    week_excess: float = Field(description="The same of the last seven days, whatever the window.")
    customers: int | None = Field(description="Distinct customers, where sources name them.")
    p_value: float
    q_value: float = Field(description="p-value among all that was judged that night.")
    quotes: list[Quote] = Field(description="Mentions of the excess.")


class SignalList(BaseModel):
    """A page of signals."""

    snapshot: str
    window: WindowOut
    signals: list[SignalOut]
    next_cursor: str | None


class StateEvent(BaseModel):
    """A change of where a topic stands."""

    day: date
    before: SignalState | None
    state: SignalState
    reason: str = Field(description="born, signal, records, silence or person.")
    evidence: dict[str, str]
    signal_id: str | None
    author: str | None = Field(description="Who decided it, where a person did.")


class TopicSignals(BaseModel):
    """Where a topic stands, and why."""

    snapshot: str
    topic_id: str
    window: WindowOut
    state: SignalState | None
    since: date | None
    events: list[StateEvent]
    signals: list[SignalOut]
