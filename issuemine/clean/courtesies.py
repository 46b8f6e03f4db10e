"""What frames a message without saying anything of it: greeting, closing, signature, disclaimer."""

from __future__ import annotations

import re

from issuemine.clean.courtesy_patterns import (
    CLOSING,
    CONTACT,
    DELIMITER,
    DEVICE_HINTS,
    DISCLAIMER,
    DISCLAIMER_HINTS,
    FROM_DEVICE,
    GREETING,
    KOREAN_PREDICATE,
    SIGNED,
    TITLE_WORD,
)
from issuemine.clean.replies import Span

_MOST_SIGNATURE_LINES, _LONGEST_SIGNATURE_LINE, _MOST_TITLE_WORDS = 8, 80, 6


def greeting(body: str) -> list[Span]:
    """Find the salutation that a body begins with, at most two in a row ("Hi team," "Good morning")."""
    end = 0
    for _ in range(2):
        match = GREETING.match(body, end)
        if match is None:
            break
        end = match.end()
    start = len(body) - len(body.lstrip())
    return [(start, end, "greeting")] if end > start else []


def signature(body: str) -> list[Span]:
    """Find the closing words and what stands below them, and lines that a mail program added."""
    lower = body.lower()
    spans: list[Span] = []
    if any(hint in lower for hint in DEVICE_HINTS):
        spans.extend((*match.span(), "signature") for match in FROM_DEVICE.finditer(body))
    if "\n--" in body and (delimiter := DELIMITER.search(body)):
        below = body[delimiter.end() :].split("\n")
        if len(below) <= 2 * _MOST_SIGNATURE_LINES and max(map(len, below)) <= _LONGEST_SIGNATURE_LINE:
            spans.append((delimiter.start(), len(body), "signature"))
    if "\n" in body:
        end = min((start for start, _, _ in spans), default=len(body))
        spans.extend(_closing(body, end))
    return spans


def _closing(body: str, end: int) -> list[Span]:
    """Read lines upwards from the end: names, titles and numbers may stand below a closing line."""
    below = 0
    stop = end
    while stop > 0 and below <= _MOST_SIGNATURE_LINES:
        start = body.rfind("\n", 0, stop) + 1
        line = body[start:stop]
        if line.strip():
            closes = CLOSING.fullmatch(line) or (below == 0 and SIGNED.fullmatch(line))
            if closes and body[:start].strip():
                return [*_closing(body, start - 1), (start, end, "signature")]
            if closes or not _is_contact(line):
                break
            below += 1
        stop = start - 1
    return []


def _is_contact(line: str) -> bool:
    """Whether a line can be a name, a title, a company or how to reach it, rather than a statement."""
    line = line.strip()
    if len(line) > _LONGEST_SIGNATURE_LINE:
        return False
    if CONTACT.search(line):
        return True
    words = line.split()
    if len(words) > _MOST_TITLE_WORDS or line[-1] in ".!?":
        return False
    if re.search("[가-힣]", line):
        return len(line) <= 2 * _MOST_TITLE_WORDS and not KOREAN_PREDICATE.search(line)
    return all(TITLE_WORD.fullmatch(word) for word in words)


def disclaimer(body: str) -> list[Span]:
    """Find paragraphs of legal or security text that a mail gateway added."""
    spans: list[Span] = []
    lower = body.lower()
    if not any(hint in lower for hint in DISCLAIMER_HINTS):
        return spans
    for match in DISCLAIMER.finditer(body):
        if spans and match.start() < spans[-1][1]:
            continue
        start = body.rfind("\n\n", 0, match.start())
        end = body.find("\n\n", match.end())
        spans.append((start + 2 if start >= 0 else 0, end if end >= 0 else len(body), "disclaimer"))
    return spans
