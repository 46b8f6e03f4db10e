"""What every recogniser is: a kind, a cheap gate, and a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from issuemine.clean.redaction.spans import Span

Gate = Callable[[str], object]
"""Says, fast, whether a text is worth a rule's search."""

NUMBER: Gate = re.compile(r"\d(?:[^\d\n]{0,3}\d){6}").search
"""Seven digits with little between them: without, no phone, card, account or identity number is there."""

LONG_TOKEN: Gate = re.compile(r"[A-Za-z0-9_+/-]{16}").search
"""Sixteen key-like characters: without, no bare key, token or hash is there."""


class Recognizer(Protocol):
    """Finds spans of one kind. Run only on texts that hold one of its anchors and pass its gate."""

    @property
    def anchors(self) -> tuple[str, ...]:
        """Lower-case strings, one of which stands in every text with a finding; none: any text."""

    @property
    def digits(self) -> bool:
        """Whether a text without a digit can have no finding."""

    @property
    def gate(self) -> Gate | None:
        """A fast test that every text with a finding passes."""

    def find(self, text: str) -> Iterator[Span]:
        """Yield spans of ``text``, possibly overlapping those of other recognisers."""


def value(match: re.Match[str]) -> tuple[int, int]:
    """Range of the group ``v``, ``w`` or ``x`` that took part, else of the whole match."""
    for name in ("v", "w", "x"):
        if name in match.re.groupindex and match[name] is not None:
            return match.span(name)
    return match.span()


def _any(match: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and a function that looks at what stands around it.

    Parameters
    ----------
    kind : str
        Name of the placeholder.
    pattern : re.Pattern
        Its group ``v``, ``w`` or ``x``, whichever took part, is the span; else the whole match. Must be of
        bounded cost at every position.
    anchors, digits, gate
        See `Recognizer`.
    accept : callable
        Says whether a match counts; a refused match hides no later one that begins inside it.
    """

    kind: str
    pattern: re.Pattern[str]
    anchors: tuple[str, ...] = ()
    digits: bool = False
    gate: Gate | None = None
    accept: Callable[[re.Match[str]], bool] = _any

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of accepted matches, from left to right."""
        position = 0
        while position <= len(text) and (match := self.pattern.search(text, position)):
            start, end = value(match)
            if start < end and self.accept(match):
                yield Span(start, end, self.kind)
                position = end
            else:
                position = match.start() + 1
