"""Cuts texts into the passages that can be a template: lines, sentences, labels, bracketed remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from issuemine.clean.redaction.spans import PLACEHOLDER

_MASK = re.compile(rf"{PLACEHOLDER.pattern}|\d+")
_LINE = re.compile(r"[^\n]+")
_OPENING = r"[(\[{（［【〔「〈《]"
_REMARK = rf"{_OPENING}[^()\[\]{{}}（）［］【】〔〕「」〈〉《》\n]{{4,200}}[)\]}}）］】〕」〉》]"
_PIECE = re.compile(
    # A remark in brackets, or a sentence up to its stop or to the next remark, or a stop by itself.
    rf"{_REMARK}|(?:[^.!?。！？…(\[{{（［【〔「〈《]|[.!?](?=[^\s\"'”’).!?])|(?!{_REMARK}){_OPENING})+(?:[.!?。！？…]+[\"'”’)]*)?"
    r"|[.!?。！？…]+"
)
_LABEL = re.compile(r"[ \t]*[^\W\d_][^\n::.!?]{0,48}[::](?=\s|$)")
_BRACKETS = frozenset("([{（［【〔「〈《")
_WORD = re.compile(r"[^\W\d_]+")
_IDEOGRAPHS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_IDEOGRAPHS_PER_WORD, _SYLLABLES_PER_WORD = 2, 3
_FEWEST_WORDS = {"sentence": 5, "line": 5, "remark": 3, "label": 1}
_MOST_LABEL_WORDS = 6


class Passage(NamedTuple):
    """A passage in place: range, form (``line``, ``sentence``, ``remark``, ``label``) and its hash."""

    start: int
    end: int
    form: str
    key: str


def find_passages(
    text: str, source: str, ranges: Sequence[tuple[int, int]]
) -> tuple[list[Passage], list[Passage]]:
    """Cut ranges of a text into passages.

    Two passages have the same key if they read the same after digits and placeholders are blanked and
    white space is evened. Letter case and punctuation count: people vary in them, programs do not.

    Parameters
    ----------
    text : str
        A record's text.
    source : str
        Its source; part of the key.
    ranges : sequence of (int, int)
        Half-open ranges to look at, usually what is not boilerplate.

    Returns
    -------
    pieces, lines : list of Passage
        ``pieces`` partition the ranges (those without a letter left out); ``lines`` are the lines that
        consist of several pieces.
    """
    pieces: list[Passage] = []
    lines: list[Passage] = []
    for start, end in ranges:
        for line in _LINE.finditer(text, start, end):
            before = len(pieces)
            pieces.extend(_pieces(text, source, *line.span()))
            if len(pieces) - before > 1:
                lines.append(_passage(text, source, pieces[before].start, pieces[-1].end, "line"))
    return pieces, lines


def words(text: str) -> float:
    """Length in words, a few syllables or ideographs counting as one where words are not parted so."""
    ideographs, syllables = len(_IDEOGRAPHS.findall(text)), len(_HANGUL.findall(text))
    if not ideographs and not syllables:
        return len(_WORD.findall(text))
    rest = len(_WORD.findall(_HANGUL.sub(" ", _IDEOGRAPHS.sub(" ", text))))
    return rest + ideographs / _IDEOGRAPHS_PER_WORD + syllables / _SYLLABLES_PER_WORD


def can_be_template(text: str, passage: Passage) -> bool:
    """Whether a passage is long enough for its form to be told from what people happen to write alike."""
    length = words(_MASK.sub(" ", text[passage.start : passage.end]))
    return length >= _FEWEST_WORDS[passage.form] and (passage.form != "label" or length <= _MOST_LABEL_WORDS)


def _pieces(text: str, source: str, start: int, end: int) -> Iterator[Passage]:
    if label := _LABEL.match(text, start, end):
        yield _passage(text, source, *label.span(), "label")
        start = label.end()
    for match in _PIECE.finditer(text, start, end):
        passage = _passage(text, source, *match.span(), "sentence")
        if not _WORD.search(text, passage.start, passage.end):
            continue
        if text[passage.start] in _BRACKETS and len(match.group().strip()) > 1:
            passage = passage._replace(form="remark")
        yield passage


def _passage(text: str, source: str, start: int, end: int, form: str) -> Passage:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    blanked = " ".join(_MASK.sub("0", piece).split())
    key = blake2b(f"{source}\x00{blanked}".encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return Passage(start, start + len(piece), form, key)
