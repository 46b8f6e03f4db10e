"""Where personal data stands in a text, and how its places are merged and replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"<[A-Z]{2,24}(?:_[A-Z]{1,24}){0,4}>")
"""Any placeholder, our own kinds and those of the settings. Capital letters and underscores only, so that
nothing which names a person by number (a passport, a plate) can hide behind angle brackets."""

KINDS = (
    "SECRET",
    "URL",
    "EMAIL",
    "IBAN",
    "KR_RRN",
    "KR_FRN",
    "CARD",
    "BANK_ACCOUNT",
    "DRIVER_LICENCE",
    "KR_BRN",
    "NATIONAL_ID",
    "PASSPORT",
    "PHONE",
    "IP",
    "ADDRESS",
    "PLATE",
    "PERSON",
)
"""The built-in kinds; of two equally long spans over the same text the one that comes first here wins."""

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open character range of the original text and the placeholder's name that replaces it."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data, and where that stood in the original."""

    text: str
    spans: tuple[Span, ...] = ()


def merge(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping spans, so that no part of either is left over.

    Parameters
    ----------
    spans : iterable of Span
        In any order, over one text.

    Returns
    -------
    list of Span
        Disjoint, in order. A joined span takes the kind of its longest part; of equally long parts the
        kind that stands first in `KINDS` (kinds of the settings win over those), then the first in the text.
    """
    merged: list[Span] = []
    best: list[tuple[int, int, int]] = []
    for span in sorted(spans):
        claim = (span.end - span.start, -_RANK.get(span.kind, -1), -span.start)
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = span.kind if claim > best[-1] else last.kind
            merged[-1] = Span(last.start, max(last.end, span.end), kind)
            best[-1] = max(claim, best[-1])
        else:
            merged.append(span)
            best.append(claim)
    return merged


def outside_placeholders(text: str, spans: Iterable[Span]) -> list[Span]:
    """Cut placeholders out of spans; pieces without a letter or digit are dropped."""
    holes = [match.span() for match in PLACEHOLDER.finditer(text)] if "<" in text else []
    pieces: list[Span] = []
    for span in spans:
        start = span.start
        for left, right in holes:
            if right <= start or left >= span.end:
                continue
            pieces.append(Span(start, left, span.kind))
            start = right
        pieces.append(Span(start, span.end, span.kind))
    return [
        piece
        for piece in pieces
        if piece.start < piece.end and any(char.isalnum() for char in text[piece.start : piece.end])
    ]


def replace(text: str, spans: Sequence[Span]) -> str:
    """Put each span's placeholder in its place; ``spans`` are disjoint and in order."""
    parts: list[str] = []
    done = 0
    for span in spans:
        parts += (text[done : span.start], "<", span.kind, ">")
        done = span.end
    parts.append(text[done:])
    return "".join(parts)
