"""The section of the settings on emerging issues."""

from __future__ import annotations

from pydantic import Field

from issuemine.config.sections import Section


class DetectSettings(Section):
    """How emerging issues are told from the usual ups and downs."""

    fdr: float = Field(
        0.05, gt=0, lt=1, description="Share of the signals of a run that may be false (Benjamini-Hochberg)."
    )
    min_count: int = Field(3, ge=1, description="Fewest records in the last seven days of a signal.")
    min_customers: int = Field(
        3, ge=1, description="Fewest distinct customers of a signal, where most of its records name theirs."
    )
    guard_days: int = Field(
        14,
        ge=7,
        description="Days before the judged one that its baseline leaves out, so that an issue on the rise "
        "does not become its own normal.",
    )
    history_days: int = Field(4_383, ge=56, description="Days of history that a baseline looks back on.")
    prior_days: int = Field(
        56,
        ge=7,
        description="With fewer days of history than this a topic borrows its baseline from all topics.",
    )
    holidays: str | None = Field(
        None,
        description="Country whose public holidays get a level of their own (ISO 3166-1 code, e.g. KR); "
        "default: none.",
    )
    refit_days: int = Field(
        7, ge=1, description="A replay of history fits the baselines anew after this many days."
    )
