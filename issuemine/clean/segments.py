"""Cuts what is left of a record into pieces that are analysed by themselves: one paragraph, one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from issuemine.clean.language import LanguageFinder
from issuemine.clean.redaction.spans import PLACEHOLDER

Range = tuple[int, int]

# A line that was broken to fit a width goes on in the next; any other line end ends a sentence.
_BLOCK_END = re.compile(r"\n")
_WRAPPED_WIDTH = 50
_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪◦○●■□★☆※►▶✓✔]+[ \t]+|\(?\d{1,2}[.):][ \t]*(?=\D)|[①-⑳])")
_SENTENCE_END = re.compile(r"[.!?。！？…]+[\"'”’)]*\s+|\n")
_SIGNS = re.compile(r"[^\W_]")
_BLANK_SPACE = " \t\n"


class Segment(NamedTuple):
    """A piece of a record: range, language, and what stands before it.

    ``apart`` says that it may not be joined to the segment before: boilerplate lies between, or the
    language changes. ``item`` says that it begins with a bullet or number. ``subject`` marks a subject.
    """

    start: int
    end: int
    language: str
    apart: bool
    item: bool


def segments(text: str, ranges: Sequence[Range], language: str, languages: LanguageFinder) -> list[Segment]:
    """Cut ranges of a text at paragraphs, list items and changes of language.

    Parameters
    ----------
    text : str
        A record's text.
    ranges : sequence of (int, int)
        Half-open ranges that mentions may cover.
    language : str
        The record's language.
    languages : LanguageFinder
        Tells the language of parts by their script.

    Returns
    -------
    list of Segment
        In order, stripped, none empty.
    """
    found: list[Segment] = []
    # An ASCII text has one script: nothing to tell apart in it.
    uniform = text.isascii() and language not in ("ko", "ja", "zh")
    for start, end in ranges:
        apart = bool(found)
        for piece in _lines(text, start, end):
            item = _BULLET.match(text, *piece) is not None
            for part in [piece] if uniform else _by_language(text, piece, languages):
                spoken = language if uniform else languages.by_script(text[slice(*part)], language)
                apart = apart or (bool(found) and found[-1].language != spoken)
                found.append(Segment(*part, spoken, apart, item))
                apart = item = False
    return found


def stripped(text: str, start: int, end: int) -> Range:
    """A range without the white space at its ends; empty if there is nothing else in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def has_words(text: str) -> bool:
    """Whether a text holds a letter or digit outside placeholders."""
    return _SIGNS.search(PLACEHOLDER.sub(" ", text)) is not None


def _lines(text: str, start: int, end: int) -> Iterator[Range]:
    """Paragraphs and lines, with lines joined that were only wrapped."""
    begin = start
    for match in _BLOCK_END.finditer(text, start, end):
        line = text[text.rfind("\n", begin, match.start()) + 1 or begin : match.start()]
        following = text[match.end() : match.end() + 1]
        wrapped = len(line) >= _WRAPPED_WIDTH and line[-1] not in ".!?:;" and _goes_on(following)
        if wrapped and not _BULLET.match(text, match.end(), end):
            continue
        piece = stripped(text, begin, match.start())
        if piece[0] < piece[1]:
            yield piece
        begin = match.end()
    piece = stripped(text, begin, end)
    if piece[0] < piece[1]:
        yield piece


def _goes_on(character: str) -> bool:
    """Whether a line that begins so can continue a sentence: no capital, no white space, no sign."""
    return character.isalnum() and not character.isupper()


def _by_language(text: str, piece: Range, languages: LanguageFinder) -> list[Range]:
    """Part a piece where one sentence is in another language than the one before."""
    start, end = piece
    parts: list[Range] = []
    last: str | None = None
    for begin, stop in _sentences(text, start, end):
        spoken = languages.by_script(text[begin:stop], last or "")
        if parts and (spoken == last or not spoken or last == ""):
            parts[-1] = (parts[-1][0], stop)
            last = last or spoken
        else:
            parts.append((begin, stop))
            last = spoken
    return [part for part in (stripped(text, *part) for part in parts) if part[0] < part[1]]


def _sentences(text: str, start: int, end: int) -> Iterator[Range]:
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield begin, match.end()
        begin = match.end()
    if begin < end:
        yield begin, end
