"""BM25 against its formula written out, and fusion by hand."""

import math
from collections import Counter

import numpy as np
import pytest

from issuemine.search.bm25 import Corpus, Posting, bm25
from issuemine.search.fusion import fused, voted

WORDS = ["refund", "late", "card", "code", "login", "crash", "order"]


def texts(seed: int) -> list[list[str]]:
    rng = np.random.default_rng(seed)
    return [rng.choice(WORDS, size=rng.integers(1, 12)).tolist() for _ in range(60)]


def posting(corpus: list[list[str]], word: str) -> Posting:
    rows = [(at, text.count(word), len(text)) for at, text in enumerate(corpus) if word in text]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Posting(*columns)


def written_out(corpus: list[list[str]], query: list[str]) -> dict[int, float]:
    mean = sum(map(len, corpus)) / len(corpus)
    found: dict[int, float] = {}
    for at, text in enumerate(corpus):
        counts = Counter(text)
        for word in query:
            if counts[word]:
                n = sum(word in other for other in corpus)
                rarity = math.log(1 + (len(corpus) - n + 0.5) / (n + 0.5))
                damped = counts[word] * 2.2 / (counts[word] + 1.2 * (0.25 + 0.75 * len(text) / mean))
                found[at] = found.get(at, 0.0) + rarity * damped
    return found


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_the_formula(seed: int) -> None:
    corpus, query = texts(seed), ["refund", "crash"]
    told = Corpus(len(corpus), sum(map(len, corpus)) / len(corpus))
    places, scores = bm25([posting(corpus, word) for word in query], told)
    assert dict(zip(places.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        written_out(corpus, query)
    )


def test_no_word_finds_no_text() -> None:
    places, scores = bm25([], Corpus(3, 2.0))
    assert len(places) == len(scores) == 0


def test_what_two_rankings_have_comes_before_what_one_has() -> None:
    order = fused([["a", "b", "c"], ["d", "b"]])
    assert [item for item, _ in order] == ["b", "a", "d", "c"]
    assert order[0][1] == pytest.approx(2 / 62)


def test_a_topic_gets_the_reciprocal_ranks_of_its_mentions() -> None:
    assert voted(["T2", None, "T1", "T1", "T2"]) == [
        ("T2", pytest.approx(1 + 1 / 5)),
        ("T1", pytest.approx(1 / 3 + 1 / 4)),
    ]
