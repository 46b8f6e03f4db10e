"""Which ranges of a record's text no mention may cover."""

from __future__ import annotations

import re
from collections.abc import Iterable

from issuemine.clean.courtesies import disclaimer, greeting, signature
from issuemine.clean.replies import ReplyFinder, Span

_SUBJECT_PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|sv|tr|회신|답장|전달|답변)(?:\[\d+\])?\s?[::]\s*|\[(?:#|ticket|case|문의)?[\s#:]*\d+\]\s*)+",
    re.IGNORECASE,
)
_LONGEST_SCANNED = 20_000


class BoilerplateFinder:
    """Finds quoted replies, forwarded messages, greetings, signatures and disclaimers.

    Parameters
    ----------
    languages : tuple of str
        ISO 639-1 codes whose mail clients' headers are known; English and Korean always are.
    """

    def __init__(self, languages: tuple[str, ...] = ("en", "ko")) -> None:
        self._replies = ReplyFinder(languages)

    def find(self, subject: str, body: str, offset: int) -> list[Span]:
        """Find the boilerplate of one record.

        Parameters
        ----------
        subject, body : str
            As they stand in the record's text; either may be empty.
        offset : int
            Where the body begins in the text; the subject begins at 0.

        Returns
        -------
        list of (int, int, str)
            Half-open ranges of the text with their reason, in order, not overlapping. Where several
            reasons hold, the range that begins first keeps what it covers.
        """
        spans: list[Span] = []
        if subject and (prefix := _SUBJECT_PREFIX.match(subject)) and prefix.end() < len(subject):
            spans.append((0, prefix.end(), "reply_prefix"))
        if body:
            spans.extend((start + offset, end + offset, why) for start, end, why in self._in_body(body))
        return _apart(spans)

    def _in_body(self, body: str) -> list[Span]:
        # The writer's own words come first: what lies far below is logs and old mails.
        scanned = body[:_LONGEST_SCANNED]
        quoted = self._replies.find(scanned)
        own_end = next((start for start, end, _ in quoted if end == len(scanned)), len(scanned))
        if len(scanned) < len(body):
            quoted = [(start, len(body) if end == len(scanned) else end, why) for start, end, why in quoted]
        return [
            *quoted,
            *greeting(scanned),
            *signature(scanned[:own_end].rstrip()),
            *disclaimer(scanned),
        ]


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort ranges and cut each where an earlier one covers it; ranges of one reason that touch are joined."""
    apart: list[Span] = []
    for start, end, reason in sorted(spans, key=lambda span: (span[0], -span[1])):
        if apart and start < apart[-1][1]:
            start = apart[-1][1]
        if start >= end:
            continue
        if apart and apart[-1][2] == reason and start <= apart[-1][1] + 1:
            apart[-1] = (apart[-1][0], end, reason)
        else:
            apart.append((start, end, reason))
    return apart
