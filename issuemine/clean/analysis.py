"""What the analysis of a text says, and the compact form in which it travels between processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import orjson

Range = tuple[int, int]


class Token(NamedTuple):
    """One word of a text.

    Parameters
    ----------
    lemma : str
        Dictionary form, lower-case; a Korean predicate keeps its negation (``안되다``).
    pos : str
        Universal tag where the analyser knows it and ``X`` where not; ``STOP`` for stop words,
        particles and light verbs, ``MASK`` for placeholders such as ``<EMAIL>``, ``PUNCT``, ``NUM``,
        ``SYM`` for emoji and emoticons, ``PART`` for a negation that stands by itself (content).
    start, end : int
        Half-open range of characters in the text.
    """

    lemma: str
    pos: str
    start: int
    end: int


class Analysis(NamedTuple):
    """Tokens of a text (in order, not overlapping) and its sentences (half-open character ranges)."""

    tokens: tuple[Token, ...]
    sentences: tuple[Range, ...]


# A corpus has millions of tokens: a named tuple's own constructor takes three times as long.
make_token = partial(tuple.__new__, Token)


def analysis(tokens: Sequence[Token], opens: Sequence[int]) -> Analysis:
    """Put an analysis together of tokens and the positions of those that open a sentence."""
    bounds = pairwise([*opens, len(tokens)])
    sentences = [(tokens[first].start, tokens[after - 1].end) for first, after in bounds]
    return Analysis(tuple(tokens), tuple(sentences))


def pack(analyses: Iterable[Analysis]) -> bytes:
    """Write analyses as a table of strings and one array of numbers; :func:`unpack` reads them."""
    tokens: list[Token] = []
    sentences: list[Range] = []
    sizes: list[int] = []
    for one in analyses:
        tokens += one.tokens
        sentences += one.sentences
        sizes += len(one.tokens), len(one.sentences)
    lemmas, tags, starts, ends = zip(*tokens, strict=True) if tokens else ((), (), (), ())
    at: dict[str, int] = {}
    numbers: list[int] = [len(sizes) // 2, *sizes]
    numbers += [at.setdefault(lemma, len(at)) for lemma in lemmas]
    numbers += [at.setdefault(tag, len(at)) for tag in tags]
    numbers += starts
    numbers += ends
    for sentence in sentences:
        numbers += sentence
    strings = orjson.dumps(list(at))
    return len(strings).to_bytes(4, "little") + strings + np.array(numbers, dtype="<i4").tobytes()


def unpack(body: bytes) -> list[Analysis]:
    """Read what :func:`pack` wrote."""
    after = 4 + int.from_bytes(body[:4], "little")
    string = orjson.loads(body[4:after]).__getitem__
    numbers = np.frombuffer(body, dtype="<i4", offset=after).tolist()
    first = 1 + 2 * numbers[0]
    sizes, spans = numbers[1:first:2], numbers[2:first:2]
    count = sum(sizes)
    lemmas, tags, starts, ends = (numbers[first + i * count : first + (i + 1) * count] for i in range(4))
    tokens: list[Token] = list(
        map(make_token, zip(map(string, lemmas), map(string, tags), starts, ends, strict=True))
    )
    places = numbers[first + 4 * count :]
    sentences = list(zip(places[::2], places[1::2], strict=True))
    token_bounds = pairwise(accumulate(sizes, initial=0))
    sentence_bounds = pairwise(accumulate(spans, initial=0))
    return [
        Analysis(tuple(tokens[slice(*of_tokens)]), tuple(sentences[slice(*of_sentences)]))
        for of_tokens, of_sentences in zip(token_bounds, sentence_bounds, strict=True)
    ]
