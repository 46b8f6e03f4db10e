"""Expected failures, one subclass per stage. Each message names what went wrong and what to do next.

A message never holds text of a record: it names positions (file, row, column) instead. The exit code is
what a scheduler sees: 1 failed, 2 usage or settings, 3 another one is at work, 4 the input cannot be used,
5 the store is damaged, full or cannot be written.
"""

from __future__ import annotations

from typing import ClassVar


class IssuemineError(Exception):
    """A failure that a person can act on.

    Parameters
    ----------
    message : str
        What is wrong, naming the file, row or setting concerned, never a record's text.
    hint : str, optional
        What to do next, as an imperative sentence.
    """

    stage: ClassVar[str] = "issuemine"
    exit_code: ClassVar[int] = 1
    retry_helps: ClassVar[bool] = False

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message if hint is None else f"{message} {hint}")


class SettingsError(IssuemineError):
    """Settings or command-line values that cannot be used."""

    stage = "settings"
    exit_code = 2


class IngestError(IssuemineError):
    """An input file that cannot be read at all (single rows become rejects instead), or too many rejects."""

    stage = "ingest"
    exit_code = 4


class CleanError(IssuemineError):
    """Redaction, language or sentence splitting could not be set up."""

    stage = "clean"


class EmbedError(IssuemineError):
    """The encoder's model is missing, damaged or of the wrong shape."""

    stage = "embed"


class IntentError(IssuemineError):
    """The intent classifier could not be trained or applied."""

    stage = "intent"


class DiscoverError(IssuemineError):
    """Topics could not be discovered."""

    stage = "discover"


class NamingError(IssuemineError):
    """Topics could not be named."""

    stage = "naming"


class CurationError(IssuemineError):
    """A topic, mention or event that cannot be curated as asked."""

    stage = "curation"


class CurationUsageError(CurationError):
    """Something asked of a curator's desk that makes no sense, whatever topics there are."""

    exit_code = 2


class TrendsError(IssuemineError):
    """Counts or baselines could not be computed."""

    stage = "trends"


class AlertError(IssuemineError):
    """An alert or channel that cannot be handled as asked."""

    stage = "alerts"


class AccessError(IssuemineError):
    """A key of the service that cannot be made, revoked or used as asked."""

    stage = "access"


class CausesError(IssuemineError):
    """Causes could not be looked for as asked."""

    stage = "causes"
    exit_code = 4


class SearchError(IssuemineError):
    """The vectors of the search cannot be written or read."""

    stage = "search"
    exit_code = 5


class SampleError(IssuemineError):
    """The sample generator was asked for something that it cannot make."""

    stage = "sample"
    exit_code = 2


class StoreError(IssuemineError):
    """The warehouse or a snapshot cannot be opened, written or trusted."""

    stage = "store"
    exit_code = 5


class DamagedError(StoreError):
    """A file of the store is not what was written there."""


class NothingPublishedError(StoreError):
    """There is no snapshot to read yet."""

    exit_code = 1


class BusyError(StoreError):
    """Another run, or a backup, holds the warehouse."""

    exit_code = 3
    retry_helps = True


class FullError(StoreError):
    """The inbox holds as much as it may until a run takes it."""

    retry_helps = True
