"""Settings of signals: how findings of a night become what people are told."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from issuemine.config.sections import Section


class SignalsSettings(Section):
    """How findings become signals, and where topics stand."""

    exposure: str | None = Field(
        None,
        description="CSV of what counts are out of, such as active users or orders: columns date, perhaps "
        "source, and value. Days without a value are out of all records, as all are by default.",
    )
    end_p: float = Field(
        0.1,
        gt=0,
        le=1,
        description="A signal goes on while its p-value is at most this: it ends at a lower level than it "
        "began (detect.fdr).",
    )
    cooldown_days: int = Field(
        28, ge=0, description="A signal that comes back within so many days goes on instead of being news."
    )
    escalation: float = Field(
        2.0, gt=1, description="A signal escalates when its excess is this many times that last told."
    )
    alert_from: Literal["low", "medium", "high"] = Field(
        "medium", description="Least severity of a signal that is news by default."
    )
    group_days: int = Field(
        3, ge=1, description="Days whose mentions are searched for dense groups that are no topic yet."
    )
    group_min_records: int = Field(5, ge=2, description="Fewest records of such a group.")
    group_past_days: int = Field(
        180, ge=28, description="Days before, in which nothing alike may have been said as often."
    )
    group_mentions: int = Field(
        4_000, ge=100, description="New mentions that are searched, at most; past ones: ten times as many."
    )
    new_days: int = Field(28, ge=1, description="Days for which a topic counts as new.")
    quiet_days: int = Field(28, ge=1, description="Days without a record after which a topic is quiet.")
    resolved_days: int = Field(
        90, ge=1, description="Days without a record after which a topic counts as resolved."
    )
