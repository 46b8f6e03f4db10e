"""The sections of the settings, one per stage."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from issuemine.messages import Language, mark

RATE = r"^[1-9]\d{0,6}/(second|minute|hour|day)$"
"""How often something may happen, such as ``600/minute``."""


class Section(BaseModel):
    """What all sections share: no unknown names, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IngestSettings(Section):
    """How exports are read."""

    columns: dict[str, str] = Field(
        default_factory=dict, description="Record field to column name; wins over detection."
    )
    source: str | None = Field(None, description="Name of the source; default: the file's stem.")
    kind: Literal["ticket", "survey", "review", "chat", "note"] | None = Field(
        None, description="Kind of all records; default: the kind column, else guessed from the columns."
    )
    date_order: Literal["auto", "ymd", "dmy", "mdy"] = Field(
        "auto", description="Order of day, month and year in the files; auto infers it per file."
    )
    timezone: str = Field("UTC", description="IANA zone of times that carry none.")
    encoding: str | None = Field(None, description="Encoding of text files; default: detected.")
    delimiter: str | None = Field(None, description="Column delimiter of CSV files; default: detected.")
    batch_rows: int = Field(5_000, ge=1, description="Rows read and cleaned at a time.")
    max_text_chars: int = Field(
        200_000, ge=100, description="A longer subject or body sends its row to the rejects."
    )
    max_reject_share: float = Field(
        0.2, ge=0, le=1, description="Above this share of rejected rows a run stops before publishing."
    )


class CleanSettings(Section):
    """How text is redacted and cut into mentions."""

    languages: tuple[str, ...] = Field(
        ("en", "ko"), description="ISO 639-1 codes that the language detector chooses from."
    )
    mention_tokens: int = Field(
        24, ge=4, description="Neighbouring sentences are joined up to this many words."
    )
    template_min_records: int = Field(
        20, ge=2, description="A passage in fewer records than this is never a template."
    )
    template_share: float = Field(
        0.005, ge=0, le=1, description="A template stands in at least this share of a source's records."
    )
    user_words: tuple[str, ...] = Field(
        (), description="Product names and other words that the analysers must keep whole."
    )
    customer_key: SecretStr | None = Field(
        None, description="Key of the customer hash; default: made once and kept beside the warehouse."
    )
    redact_patterns: dict[str, str] = Field(
        default_factory=dict, description="Further placeholders: name to regular expression."
    )


class EmbedSettings(Section):
    """How mentions become vectors."""

    model: str = Field("bundled", description="A sentence-transformers name or path, or 'bundled'.")
    routing: dict[str, Literal["model", "lexical"]] = Field(
        {"en": "model", "*": "lexical"},
        description="Language (ISO 639-1) to encoder; '*' for all others. {'*': 'model'} where the model is "
        "multilingual: one space, topics span languages.",
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="Arithmetic on CPU; auto times what it can use and takes the fastest that agrees."
    )
    batch_tokens: int = Field(4_096, ge=64, description="Tokens in a batch.")
    lexical_dim: int = Field(512, ge=16, description="Dimensions of the lexical encoder's vectors.")
    lexical_char_weight: float = Field(
        1.0, ge=0, description="Weight of character n-grams against words in the lexical encoder."
    )

    @field_validator("routing")
    @classmethod
    def _names_all_languages(cls, routing: dict[str, str]) -> dict[str, str]:
        if "*" not in routing:
            raise ValueError(mark("'*' must say which encoder serves all other languages"))
        return routing

    def space_of(self, language: str) -> str:
        """Name of a language's space: the model's, or one of its own where a lexical encoder serves it.

        Lexical vectors of two languages have nothing in common, so neither may disturb the other.
        """
        encoder = self.routing.get(language, self.routing["*"])
        return encoder if encoder == "model" else f"{encoder}-{language}"

    @property
    def model_languages(self) -> tuple[str, ...]:
        """Languages routed to the model by name; with ``*`` where it also serves all that are not named."""
        return tuple(language for language, encoder in self.routing.items() if encoder == "model")


class IntentSettings(Section):
    """Which intents count as issues."""

    hidden: tuple[str, ...] = Field(
        ("praise", "other"), description="Topics that are mostly these are left out of the top issues."
    )


class DiscoverSettings(Section):
    """How mentions become topics."""

    granularity: Literal["auto", "coarse", "medium", "fine"] | float = Field(
        "auto", description="How fine topics are cut; a number is a Leiden resolution."
    )
    k: int = Field(15, ge=2, description="Neighbours of each mention in the graph.")
    min_topic_size: int = Field(5, ge=2, description="Fewest records of a topic.")
    min_cohesion: float | None = Field(
        None, description="Cosine to its neighbours below which a mention is left out; default: calibrated."
    )
    sample_size: int = Field(
        200_000, ge=100, description="Mentions that discovery looks at; the rest is assigned."
    )
    random_state: int = Field(0, description="Seed.")
    min_agreement: float = Field(
        0.92,
        ge=0,
        le=1,
        description="Least adjusted Rand index of a re-discovery with the topics that it starts from.",
    )
    established_mentions: int = Field(
        1_000,
        ge=0,
        description="Topics found among fewer mentions do not bind the next discovery, which begins afresh; "
        "they keep their ids where they are found again.",
    )
    rediscover_growth: float = Field(
        1.9,
        gt=1,
        description="Discover again when there are this many times the mentions of the last time; a little "
        "less than 2, so that a corpus that doubled in equal parts is not a handful short of it.",
    )
    rediscover_days: int | None = Field(
        None, ge=1, description="Discover again after this many days; default: never for that reason."
    )
    rediscover_unassigned: float = Field(
        0.25, gt=0, le=1, description="Discover again when this share of the recent mentions found no topic."
    )
    rediscover_drift: float = Field(
        0.15,
        gt=0,
        le=1,
        description="Discover again when topics' centres have moved by this much (1 - cosine, mean weighted "
        "by their mentions).",
    )
    residual_days: int = Field(
        30, ge=1, description="Days for which mentions without a topic are searched for new topics."
    )
    min_birth_customers: int = Field(
        3, ge=1, description="Fewest customers of a new topic, where most of its mentions name theirs."
    )
    anchors: int = Field(
        50, ge=5, description="Members of each topic that new mentions are compared with, at most."
    )
    rename_below: float = Field(
        0.9,
        ge=0,
        le=1,
        description="A topic is named anew when the cosine of its centre to that at its naming falls below.",
    )


class NamingSettings(Section):
    """How topics are labelled."""

    keywords: int = Field(10, ge=1, description="Keywords of a topic.")
    quotes: int = Field(5, ge=1, description="Most exemplar quotes of a topic.")
    stop_words: tuple[str, ...] = Field((), description="Words that are never keywords.")
    glossary: Path | None = Field(
        None,
        description="Table of words that mean the same in two languages, added to the one that comes with "
        "issuemine; see docs/link-topics.md.",
    )
    link_score: float = Field(
        0.25,
        ge=0,
        le=1,
        description="From this score on, topics of different languages are proposed as one issue.",
    )
    llm_url: str | None = Field(
        None, description="Base URL of an OpenAI-compatible endpoint; default: labels are made offline."
    )
    llm_model: str = Field("gpt-4o-mini", description="Model asked for at that endpoint.")
    llm_key: SecretStr | None = Field(None, description="Its key.")
    llm_timeout: float = Field(20.0, gt=0, description="Seconds to wait for one answer.")


class TrendsSettings(Section):
    """How change is measured."""

    window_days: int = Field(
        28, ge=1, description="Days of the window that growth compares with the one before."
    )


class StoreSettings(Section):
    """The warehouse."""

    memory_limit: str = Field("2GB", description="DuckDB's memory limit.")
    threads: int | None = Field(None, ge=1, description="DuckDB's threads; default: all cores.")
    keep_snapshots: int = Field(7, ge=1, description="Newest snapshots that are kept.")
    operational_url: SecretStr | None = Field(
        None,
        description="Where what people write is kept, e.g. postgresql+psycopg://user:password@host/name; "
        "default: operational.sqlite in the warehouse folder.",
    )
    keep_days: int | None = Field(
        None, ge=1, description="Older snapshots are deleted even then; never the one that is served."
    )


class RunSettings(Section):
    """What a run tells its operators."""

    log_file: str | None = Field(
        None, description="File that each run's log is added to, a JSON object a line; '-' is standard error."
    )
    metrics_file: Path | None = Field(
        None, description="File for node_exporter's textfile collector, rewritten at the end of each run."
    )


class InterfaceSettings(Section):
    """What people read."""

    language: Literal["auto"] | Language = Field(
        "auto",
        description="Language of messages, en or ko; auto is the environment's on the command line and the "
        "browser's in the service.",
    )


class ApiSettings(Section):
    """The service."""

    max_page: int = Field(200, ge=1, description="Most rows of one page.")
    max_window_days: int = Field(1_830, ge=1, description="Longest window of one request, in days.")
    max_body_mb: float = Field(8.0, gt=0, description="Largest body of a request, in millions of bytes.")
    memory_limit: str = Field(
        "800MB",
        description="DuckDB's memory limit in each process of the service, instead of store.memory_limit.",
    )
    answers_mb: float = Field(
        32.0,
        ge=0,
        description="Millions of bytes of answers that each process of the service keeps to give again.",
    )
    rate_limit: str = Field(
        "600/minute",
        pattern=RATE,
        description="Requests of one key, in each process of the service.",
    )
    log_file: str = Field(
        "-",
        description="File that each answer is noted in, a JSON object a line without texts; '-' is standard "
        "error, an empty text none.",
    )
    shutdown_seconds: float = Field(
        30.0, gt=0, description="How long answers under way are given when the service is stopped."
    )
    session_hours: float = Field(12.0, gt=0, description="How long a browser stays signed in.")
    warm: bool = Field(
        True,
        description="Load what redacts and searches when the service starts, so that nobody waits for it.",
    )
    max_records: int = Field(1_000, ge=1, description="Most records of one POST /v1/records.")
    inbox_mb: float = Field(
        1_000.0,
        gt=0,
        description="Millions of bytes of sent records that may wait for a run; more is refused with 503.",
    )
