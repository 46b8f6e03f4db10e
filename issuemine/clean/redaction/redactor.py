"""Finds personal data and secrets and replaces them by typed placeholders."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from issuemine.clean.redaction import (
    address_en,
    address_ko,
    credentials,
    emails,
    identity,
    payment,
    person_en,
    person_ko,
    phones,
    plates,
    urls,
)
from issuemine.clean.redaction.rules import NUMBER, Gate, Recognizer, Rule
from issuemine.clean.redaction.spans import Redacted, Span, merge, outside_placeholders, replace
from issuemine.config import CleanSettings
from issuemine.errors import CleanError
from issuemine.messages import say

_OURS = (
    urls,
    credentials,
    emails,
    payment,
    phones,
    identity,
    address_ko,
    address_en,
    plates,
    person_ko,
    person_en,
)
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"[A-Z]{2,24}(?:_[A-Z]{1,24}){0,4}")


class Redactor:
    """Replace personal data and secrets by placeholders such as ``<EMAIL>``.

    Rests on presidio-analyzer's recognisers (e-mail, cards, IBAN, IP, phone, Korean resident, foreigner
    and licence numbers, US and UK national numbers) and on our own. Nothing is fetched from a network.

    Parameters
    ----------
    settings : CleanSettings
        ``redact_patterns`` adds kinds: name (letters and underscores) to regular expression.

    Raises
    ------
    CleanError
        If a pattern of the settings is not a regular expression, or its name cannot be a placeholder.
    """

    def __init__(self, settings: CleanSettings) -> None:
        from issuemine.clean.redaction.presidio import phone_matcher, presidio_rules  # seconds to import

        custom = [_custom(name, pattern) for name, pattern in sorted(settings.redact_patterns.items())]
        ours = [rule for module in _OURS for rule in module.RULES]
        self._rules: tuple[Recognizer, ...] = (*custom, *presidio_rules(), *ours)
        self._wordy = tuple(rule for rule in self._rules if not rule.digits)
        self._anchors = _anchors(self._rules)
        self._wordy_anchors = _anchors(self._wordy)
        self._phones = phone_matcher()

    def redact(self, text: str) -> Redacted:
        """Redact one text.

        Redacting redacted text changes nothing: findings are replaced and the result is searched again until
        nothing more is found.

        Parameters
        ----------
        text : str
            Any string.

        Returns
        -------
        Redacted
            The text with placeholders, and the spans in the original: in order, disjoint, not empty.
        """
        spans: list[Span] = []
        redacted = text
        while found := self._find(redacted):
            spans = sorted([*spans, *_to_original(found, spans)])
            redacted = replace(text, spans)
        return Redacted(redacted, tuple(spans))

    def redact_many(self, texts: Sequence[str | None]) -> list[Redacted | None]:
        """Redact many texts; a missing one stays missing."""
        return [None if text is None else self.redact(text) for text in texts]

    def _find(self, text: str) -> list[Span]:
        """Find what stands outside placeholders; slow rules are asked only when the others find nothing."""
        digits = _DIGIT.search(text) is not None
        lowered = text.lower()
        anchors = {word for word in (self._anchors if digits else self._wordy_anchors) if word in lowered}
        passed: dict[Gate | None, object] = {None: True}
        spans: list[Span] = []
        for rule in self._rules if digits else self._wordy:
            if rule.anchors and anchors.isdisjoint(rule.anchors):
                continue
            gate = rule.gate
            if gate not in passed:
                passed[gate] = gate is None or gate(text)
            if passed[gate]:
                spans += rule.find(text)
        found = outside_placeholders(text, spans)
        if not found and digits and NUMBER(text):
            found = outside_placeholders(text, self._phones.find(text))
        return merge(found)


def _anchors(rules: Sequence[Recognizer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(anchor for rule in rules for anchor in rule.anchors))


def _custom(name: str, pattern: str) -> Rule:
    """Make a rule of a pattern in the settings."""
    kind = name.upper()
    if not _NAME.fullmatch(kind):
        raise CleanError(
            say("clean.redact_patterns: {name!r} cannot be a placeholder.", name=name),
            say("Name it with letters and underscores only, such as EMPLOYEE_ID."),
        )
    try:
        return Rule(kind, re.compile(pattern))
    except re.error as error:
        raise CleanError(
            say(
                "clean.redact_patterns: the pattern of {name!r} is not a regular expression: {error}.",
                name=name,
                error=error,
            ),
            say("Correct it in the settings."),
        ) from error


def _to_original(found: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Shift spans of redacted text, which touch no placeholder, to the original text."""
    starts: list[int] = []
    shifts: list[int] = []
    shift = 0
    for span in spans:
        shift += (span.end - span.start) - (len(span.kind) + 2)
        starts.append(span.end - shift)
        shifts.append(shift)
    moved = []
    for span in found:
        index = bisect_right(starts, span.start) - 1
        offset = shifts[index] if index >= 0 else 0
        moved.append(Span(span.start + offset, span.end + offset, span.kind))
    return moved
