"""Joins neighbouring sentences into mentions: few enough to speak of one thing, enough to say something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

_IDEOGRAPHS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_FEWEST_WORDS = 3
_PAUSES = frozenset(",;:–—-、，；)")


class Sentence(NamedTuple):
    """A sentence in place: range, words, and whether a boundary must or should stand before it."""

    start: int
    end: int
    words: int
    apart: bool
    item: bool


def n_words(text: str) -> int:
    """Words of a text; two ideographs count as one where words are not parted by spaces."""
    words = len(text.split())
    return words if text.isascii() else words + len(_IDEOGRAPHS.findall(text)) // 2


def cut_long(text: str, tokens: Sequence[tuple[int, int]], most_words: int) -> list[tuple[int, int]]:
    """Cut a sentence that goes on and on: people who never set a full stop still speak of several things.

    Parameters
    ----------
    text : str
        A record's text.
    tokens : sequence of (int, int)
        Ranges of the sentence's tokens in it, in order. Only between two tokens is cut.
    most_words : int
        Budget of a mention. A rest of up to twice that stays whole; of a longer one, parts of about the
        budget are cut off, behind a comma where there is one in the part's second half.

    Returns
    -------
    list of (int, int)
        Half-open ranges, without the white space between them.
    """
    before = (-1, *(end for _, end in tokens))
    spaced = [start > end for (start, _), end in zip(tokens, before, strict=False)]
    words = list(
        accumulate(
            space + len(_IDEOGRAPHS.findall(text, *token)) / 2
            for token, space in zip(tokens, spaced, strict=True)
        )
    )
    parts: list[tuple[int, int]] = []
    first = 0
    while first < len(tokens) and words[-1] - words[first] >= 2 * most_words:
        stop = bisect_right(words, words[first] + most_words - 1, lo=first + 1)
        second_half = range((first + stop) // 2 + 1, stop + 1)
        pauses = [at for at in second_half if text[tokens[at - 1][1] - 1] in _PAUSES]
        gaps = [at for at in second_half if at < len(tokens) and spaced[at]]
        cut = (pauses or gaps or [stop])[-1]
        parts.append((tokens[first][0], tokens[cut - 1][1]))
        first = cut
    parts.append((tokens[first][0], tokens[-1][1]))
    return parts


def join(sentences: Sequence[Sentence], most_words: int) -> list[tuple[int, int]]:
    """Group the sentences of one record.

    A stretch of at most ``most_words`` is one group. A longer one is cut into as few groups as hold that
    many words each, as even as its sentences allow; list items begin a group of their own. A sentence
    that is longer stays whole, and groups of fewer than three words join a neighbour.

    Parameters
    ----------
    sentences : sequence of Sentence
        In order. ``apart`` ones begin a new stretch, whatever their length.
    most_words : int
        Budget of a group, in words.

    Returns
    -------
    list of (int, int)
        Half-open ranges of indices into ``sentences``, in order, covering all.
    """
    groups: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(sentences) + 1):
        if index == len(sentences) or sentences[index].apart:
            groups.extend(_stretch(sentences, first, index, most_words))
            first = index
    return groups


def _stretch(sentences: Sequence[Sentence], first: int, last: int, most_words: int) -> list[tuple[int, int]]:
    total = sum(sentence.words for sentence in sentences[first:last])
    if total <= most_words or last - first == 1:
        return [(first, last)]
    n_groups = -(-total // most_words)
    target = total / n_groups
    groups: list[tuple[int, int]] = []
    begin, words = first, 0
    for index in range(first, last):
        more = sentences[index].words
        # Cutting before a sentence is right when that ends nearer to the even share than going on would.
        full = words + more > most_words or words >= target or (words + more - target) > (target - words)
        if index > begin and words >= _FEWEST_WORDS and (full or sentences[index].item):
            groups.append((begin, index))
            begin, words = index, 0
        words += more
    if words < _FEWEST_WORDS and groups:
        begin = groups.pop()[0]
    groups.append((begin, last))
    return groups
