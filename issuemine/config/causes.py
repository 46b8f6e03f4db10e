"""The section of the settings on causes."""

from __future__ import annotations

from pydantic import Field

from issuemine.config.sections import Section


class CausesSettings(Section):
    """How causes are looked for."""

    max_attributes: int = Field(3, ge=1, le=4, description="Most attributes in a combination.")
    min_support: int = Field(10, ge=1, description="Fewest records of a combination.")
    max_values: int = Field(
        50, ge=2, le=60_000, description="Values of an attribute; the rarest beyond that are pooled."
    )
    bins: int = Field(5, ge=2, description="Bins of a numeric attribute with more than 20 values.")
    false_discovery_rate: float = Field(
        0.05, gt=0, lt=1, description="Share of chance findings that is accepted among all candidates."
    )
    max_candidates: int = Field(5, ge=1, description="Most candidates of one question.")
    next_within_days: int = Field(
        14, ge=1, le=180, description="Days within which a customer's next issue counts as following."
    )
    stratifier: str | None = Field(
        None,
        description="Attribute within whose values records are compared, because it moves both the "
        "attributes and the rate; default: none.",
    )
    entity_patterns: dict[str, str] = Field(
        default_factory=dict,
        description="Further things named in texts, as attributes of records: name to regular expression.",
    )
    sample_rows: int = Field(
        1_000_000,
        ge=1_000,
        description="Rows without the topic's records that the search looks at; the figures of what it finds "
        "come from all rows.",
    )
    change_history_days: int = Field(
        730, ge=56, description="Days that are looked at for changes of a topic's rate."
    )
    change_window_days: int = Field(
        14, ge=0, le=90, description="Most days from an entry of the change log to the change of a rate."
    )
