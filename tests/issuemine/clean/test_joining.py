import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.joining import Sentence, cut_long, join, n_words


def sentences(*words: int, apart: tuple[int, ...] = (), items: tuple[int, ...] = ()) -> list[Sentence]:
    return [Sentence(n, n + 1, count, n in apart, n in items) for n, count in enumerate(words)]


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ((10, 10, 10), [(0, 3)]),
        ((20, 20), [(0, 1), (1, 2)]),
        ((15, 15, 15, 15), [(0, 2), (2, 4)]),
        ((60,), [(0, 1)]),
        ((60, 2), [(0, 2)]),
        ((2, 60), [(0, 2)]),
        ((2, 25, 25), [(0, 2), (2, 3)]),
        ((25, 2, 25), [(0, 2), (2, 3)]),
        ((), []),
    ],
)
def test_sentences_are_joined_evenly_within_the_budget(
    words: tuple[int, ...], groups: list[tuple[int, int]]
) -> None:
    assert join(sentences(*words), 30) == groups


def test_sentences_that_are_apart_are_never_joined() -> None:
    assert join(sentences(1, 1, 1, apart=(1,)), 30) == [(0, 1), (1, 3)]


def test_list_items_of_a_long_answer_stand_by_themselves() -> None:
    assert join(sentences(8, 8, 8, 8, items=(1, 2, 3)), 30) == [(0, 1), (1, 2), (2, 3), (3, 4)]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans()), max_size=30),
    st.integers(4, 60),
)
def test_groups_partition_the_sentences_and_keep_the_budget(
    rows: list[tuple[int, bool, bool]], budget: int
) -> None:
    given_sentences = [Sentence(n, n + 1, words, apart, item) for n, (words, apart, item) in enumerate(rows)]
    groups = join(given_sentences, budget)
    assert [edge for group in groups for edge in range(*group)] == list(range(len(rows)))
    for first, last in groups:
        assert not any(sentence.apart for sentence in given_sentences[first + 1 : last])
        words = [sentence.words for sentence in given_sentences[first:last]]
        # Only a fragment (fewer than three words) may bring a group over its budget.
        assert sum(words) <= budget or _has_fragment(words)


def _has_fragment(words: list[int]) -> bool:
    return len(words) == 1 or any(sum(words[:n]) < 3 or sum(words[n:]) < 3 for n in range(1, len(words)))


@given(
    st.lists(st.tuples(st.text("ab,", min_size=1, max_size=4), st.booleans()), min_size=1), st.integers(4, 20)
)
def test_a_long_sentence_is_cut_between_words(parts: list[tuple[str, bool]], budget: int) -> None:
    text = ""
    tokens: list[tuple[int, int]] = []
    for word, spaced in parts:
        text += " " * spaced
        tokens.append((len(text), len(text) + len(word)))
        text += word
    cuts = cut_long(text, tokens, budget)
    starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
    assert all(start in starts and end in ends for start, end in cuts)
    assert "".join(text[start:end] for start, end in cuts).replace(" ", "") == text.replace(" ", "")
    assert all(n_words(text[start:end]) <= 2 * budget for start, end in cuts)


def test_a_cut_is_made_behind_a_comma_where_there_is_one() -> None:
    text = "one two three four five six, seven eight nine ten eleven twelve thirteen a b c d e"
    tokens, start = [], 0
    for word in text.split():
        tokens.append((start, start + len(word)))
        start += len(word) + 1
    start, end = cut_long(text, tokens, 8)[0]
    assert text[start:end] == "one two three four five six,"


def test_ideographs_count_as_half_a_word() -> None:
    assert n_words("one two") == 2
    assert n_words("無法登入帳戶") == 4
