"""The section of alerts: who is told of what, when, and by which channel."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from issuemine.config.channels import EmailChannel, FileChannel, SlackChannel, WebhookChannel
from issuemine.config.sections import Section
from issuemine.messages import mark
from issuemine.records import LABEL_FIELDS, Severity, SignalState

_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")

Channel = Annotated[SlackChannel | WebhookChannel | EmailChannel | FileChannel, Field(discriminator="kind")]


class AlertRule(Section):
    """Which signals are told, when, and by which channels."""

    name: str = Field("default", description="Name of the rule; a renamed rule is a new one.")
    channels: tuple[str, ...] = Field((), description="Channels by name; default: all.")
    states: tuple[SignalState, ...] = Field(
        (),
        description="States that are told; default: new, escalating and regressed, in a digest also quiet. "
        "That something is quiet again is told where its beginning was.",
    )
    severities: tuple[Severity, ...] = Field(
        tuple(Severity), description="Severities that are told: low, medium, high."
    )
    news_only: bool = Field(
        True,
        description="Only what nobody has been told: the first signal of an incident, or one that escalated, "
        "and no templated or empty text.",
    )
    segments: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Record field (source, language, channel, product, ...) to values; records must fit all "
        "fields.",
    )
    segment_share: float = Field(
        0.2, gt=0, le=1, description="A signal is told when this share of its records lies in the segments."
    )
    mode: Literal["immediate", "digest"] = Field(
        "immediate", description="One message a signal, or one for all that came up."
    )
    cooldown_days: int = Field(
        3,
        ge=0,
        description="For so many days after a topic was told it is not told again, unless it is more severe.",
    )
    quiet_hours: str | None = Field(
        None, description="Hours in which nothing is sent, such as 22:00-08:00; it waits until they end."
    )
    wakes: tuple[Severity, ...] = Field(
        (Severity.HIGH,), description="Severities that are sent in quiet hours all the same; no digest is."
    )
    digest_at: str | None = Field(
        None, description="Time of day at which a digest is due, such as 08:00; default: at once."
    )
    timezone: str = Field("UTC", description="IANA zone of these hours.")

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return a_name(name)

    @field_validator("segments")
    @classmethod
    def _are_fields(cls, segments: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        known = ("source", *LABEL_FIELDS)
        if not segments.keys() <= set(known):
            raise ValueError(mark("must be fields of records: {names}").format(names=", ".join(known)))
        return segments

    @field_validator("quiet_hours")
    @classmethod
    def _are_hours(cls, hours: str | None) -> str | None:
        if hours is not None and _HOURS.fullmatch(hours) is None:
            raise ValueError(mark("must be two times such as 22:00-08:00"))
        return hours

    @field_validator("digest_at")
    @classmethod
    def _is_a_time(cls, clock: str | None) -> str | None:
        if clock is not None and _CLOCK.fullmatch(clock) is None:
            raise ValueError(mark("must be a time such as 08:00"))
        return clock

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(mark("must be an IANA time zone such as Asia/Seoul")) from error
        return zone

    @property
    def told_states(self) -> tuple[SignalState, ...]:
        """The states in force."""
        usual = (SignalState.NEW, SignalState.ESCALATING, SignalState.REGRESSED)
        return self.states or (usual if self.mode == "immediate" else (*usual, SignalState.QUIET))

    @property
    def quiet(self) -> tuple[time, time] | None:
        """Beginning and end of the quiet hours."""
        if self.quiet_hours is None:
            return None
        first, last = self.quiet_hours.split("-")
        return time.fromisoformat(first), time.fromisoformat(last)

    @property
    def digest_time(self) -> time | None:
        """When a digest is due."""
        return time.fromisoformat(self.digest_at) if self.digest_at is not None else None


class AlertsSettings(Section):
    """Who is told of emerging issues: nobody, until a channel is set."""

    channels: dict[str, Channel] = Field(
        default_factory=dict, description="Where alerts go, by name; see below. None: nothing is sent."
    )
    rules: tuple[AlertRule, ...] = Field(
        (),
        description="What is told; see below. None: all news, at once, to all channels.",
    )
    base_url: str | None = Field(
        None, description="Address of the service as people reach it; default: messages have no links."
    )
    quotes: int = Field(2, ge=0, le=5, description="Quotes of each topic in a message.")
    timeout_seconds: float = Field(10.0, gt=0, description="Seconds to wait for one answer.")
    tries: int = Field(3, ge=1, description="Quick tries of a delivery within one attempt.")
    backoff_seconds: float = Field(
        1.0, ge=0, description="Seconds before the second try; each further one waits twice as long."
    )
    run_seconds: float = Field(
        60.0, gt=0, description="Seconds that a run, or issuemine alerts send, spends on deliveries at most."
    )
    attempts: int = Field(
        12, ge=1, description="Failed attempts after which a delivery is given up; it stays listed as dead."
    )
    keep_days: int = Field(
        90,
        ge=1,
        description="Days after which messages that were sent or given up are deleted. That they were told "
        "is remembered: they are never sent again.",
    )

    @field_validator("channels")
    @classmethod
    def _have_names(cls, channels: dict[str, Channel]) -> dict[str, Channel]:
        for name in channels:
            a_name(name)
        return channels

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(mark("must begin with https:// or http://"))
        return url.rstrip("/") if url is not None else None

    @model_validator(mode="after")
    def _rules_fit(self) -> AlertsSettings:
        names = [rule.name for rule in self.rules]
        if len(set(names)) < len(names):
            raise ValueError(mark("two rules have the same name"))
        for rule in self.rules:
            for name in rule.channels:
                if name not in self.channels:
                    raise ValueError(
                        mark("a rule names a channel that is not there: {name}").format(name=name)
                    )
        return self

    @property
    def rules_in_force(self) -> tuple[AlertRule, ...]:
        """The rules, or the default one where there is none but a channel to send by."""
        return self.rules or ((AlertRule(),) if self.channels else ())


def a_name(name: str) -> str:
    """A name that fits on a command line and into an environment variable."""
    if _NAME.fullmatch(name) is None:
        raise ValueError(mark("a name is made of small letters and digits, with single _ between them"))
    return name
