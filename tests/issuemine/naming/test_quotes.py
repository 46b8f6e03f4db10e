import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.naming.quotes import LONGEST, QuoteSource, choose_quotes, cut
from tests.issuemine.naming.conftest import Named


def weightless(_: str) -> float:
    return 0.0


def source(texts: list[str], records: list[str] | None = None) -> QuoteSource:
    names = [f"m{i}" for i in range(len(texts))]
    return QuoteSource(names, records or [f"r{i}" for i in range(len(texts))], [10] * len(texts), texts)


def test_quotes_are_cut_exactly_out_of_their_records(english: Named, korean: Named) -> None:
    for named in (english, korean):
        rows = {row["mention_id"]: row for row in named.mentions.to_pylist()}
        for name in named.names.values():
            for quote in name.quotes:
                row = rows[quote.mention_id]
                record = "x" * row["start"] + row["text"]
                assert record[quote.start : quote.end] == quote.text
                assert quote.record_id == row["record_id"]


def test_quotes_are_of_their_topic_and_of_different_records(english: Named) -> None:
    for topic, name in english.names.items():
        assert 3 <= len(name.quotes) <= 5
        assert len({quote.record_id for quote in name.quotes}) == len(name.quotes)
        assert all(any(quote.text in text for text in english.texts(topic)) for quote in name.quotes)


def test_similarity_is_the_cosine_to_the_centre(english: Named) -> None:
    ids = english.mentions["mention_id"].to_pylist()
    for topic, name in english.names.items():
        centre = english.vectors[english.labels == topic].astype(float).mean(axis=0)
        centre /= np.linalg.norm(centre)
        for quote in name.quotes:
            assert quote.similarity == pytest.approx(
                english.vectors[ids.index(quote.mention_id)] @ centre, abs=1e-4
            )


def test_the_choice_is_maximal_marginal_relevance() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(12, 5)) + 1.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    centre = vectors.mean(axis=0) / np.linalg.norm(vectors.mean(axis=0))
    order = np.argsort(-(vectors @ centre))
    vectors, relevance = vectors[order], (vectors @ centre)[order]
    texts = [f"This is the complaint number {i}." for i in range(12)]
    quotes = choose_quotes(source(texts), range(12), relevance, vectors.astype(np.float32), 4, weightless)
    expected: list[int] = []
    for _ in range(4):
        gains = {
            i: 0.75 * relevance[i] - 0.25 * max((vectors[i] @ vectors[j] for j in expected), default=0.0)
            for i in range(12)
            if i not in expected
        }
        expected.append(max(gains, key=gains.__getitem__))
    assert [int(quote.mention_id[1:]) for quote in quotes] == expected


def test_one_record_is_quoted_once_and_one_text_is_quoted_once() -> None:
    texts = ["The app is very slow today."] * 3 + ["It takes so long to load.", "Everything is so slow now."]
    vectors = np.eye(5, dtype=np.float32)
    quotes = choose_quotes(
        source(texts, ["a", "b", "c", "d", "d"]), range(5), np.linspace(0.9, 0.5, 5), vectors, 5, weightless
    )
    assert [quote.mention_id for quote in quotes] == ["m0", "m3"]


def test_long_mentions_are_cut_at_sentences_with_the_weightiest_inside() -> None:
    filler = "We have been customers for years and always liked it here. " * 6
    text = filler + "Yesterday the card payment was declined. " + filler
    start, end = cut(text, lambda piece: float("declined" in piece))
    assert "Yesterday the card payment was declined." in text[start:end]
    assert end - start <= LONGEST
    assert text[start:end].endswith(".")
    assert start == 0 or text[start - 1] == " "


def test_korean_is_cut_at_sentences() -> None:
    text = "정말 오래 사용한 고객입니다. " * 20 + "로그인이 안 돼요."
    start, end = cut(text, lambda piece: float("로그인" in piece))
    assert text[start:end].endswith("로그인이 안 돼요.")
    assert text[start:end].startswith("정말")


@given(st.text(alphabet="ab가 .!?\n…", max_size=400), st.integers(5, 60))
def test_a_cut_is_always_inside_and_trimmed(text: str, longest: int) -> None:
    start, end = cut(text, lambda piece: float(len(piece)), longest)
    assert 0 <= start <= len(text)
    assert start <= end <= len(text) or text[start:end] == ""
    assert text[start:end] == text[start:end].strip()
    assert len(text[start:end]) <= longest
    assert (text[start:end] != "") == (text.strip() != "")


def test_quotes_differ(english: Named) -> None:
    for name in english.names.values():
        assert all(a.text != b.text for a, b in itertools.combinations(name.quotes, 2))
