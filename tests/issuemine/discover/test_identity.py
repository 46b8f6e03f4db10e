"""Ids carry over: against all matchings tried one by one; and what became of the rest is told."""

from itertools import permutations

import numpy as np
import pytest

from issuemine.discover import Event, lineage, match_topics

MENTIONS = "abcdefghijklmnopqrstuvwxyz"


def topics(*members: str) -> np.ndarray:
    """Topic of each mention of the alphabet; -1 for those that no word names."""
    labels = np.full(len(MENTIONS), -1, dtype=np.int64)
    for topic, names in enumerate(members):
        labels[[MENTIONS.index(name) for name in names]] = topic
    return labels


def test_renumbered_topics_keep_their_ids() -> None:
    assert match_topics(topics("abcd", "efg", "hij"), topics("hij", "abcd", "efg")) == {0: 2, 1: 0, 2: 1}


def test_a_topic_of_other_mentions_is_new() -> None:
    assert match_topics(topics("abcd"), topics("abcd", "xyz")) == {0: 0}
    assert match_topics(topics("abcd"), topics("xyz")) == {}


def test_little_overlap_is_no_continuation() -> None:
    assert match_topics(topics("abcdefgh", "ij"), topics("ai", "bcdefgh", "j")) == {1: 0, 2: 1}


def test_the_larger_part_of_a_split_topic_carries_its_id() -> None:
    assert match_topics(topics("abcdefgh"), topics("abc", "defgh")) == {1: 0}


@pytest.mark.parametrize("seed", range(20))
def test_no_other_matching_shares_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    old = rng.integers(0, 4, 60)
    new = np.where(rng.random(60) < 0.5, old, rng.integers(0, 4, 60))

    def jaccard(a: int, b: int) -> float:
        value = float(((new == a) & (old == b)).sum() / ((new == a) | (old == b)).sum())
        return value if value >= 0.2 else 0.0

    best = max(sum(jaccard(a, b) for a, b in enumerate(order)) for order in permutations(range(4)))
    found = match_topics(old, new, min_jaccard=0.2)
    assert len(set(found.values())) == len(found)
    assert sum(jaccard(a, b) for a, b in found.items()) == pytest.approx(best)


def told(old: np.ndarray, new: np.ndarray) -> list[tuple[Event, int, int | None]]:
    return [
        (change.event, change.topic, change.other) for change in lineage(old, new, match_topics(old, new))
    ]


def test_a_topic_that_goes_on_is_told_with_the_share_that_speaks_for_it() -> None:
    old, new = topics("abcdefgh"), topics("abcdefij")
    [change] = lineage(old, new, match_topics(old, new))
    assert (change.event, change.mentions, change.share) == (Event.CONTINUED, 6, 1.0)


def test_the_smaller_part_was_split_from_the_old_topic() -> None:
    assert told(topics("abcdefgh"), topics("defgh", "abc")) == [
        (Event.CONTINUED, 0, 0),
        (Event.SPLIT_FROM, 1, 0),
    ]


def test_a_topic_that_another_swallowed_was_merged_into_it() -> None:
    assert told(topics("abcdefg", "hi"), topics("abcdefghi")) == [
        (Event.CONTINUED, 0, 0),
        (Event.MERGED_INTO, 1, 0),
    ]


def test_a_topic_that_fell_apart_is_retired_and_one_of_new_mentions_is_born() -> None:
    assert told(topics("abcdefgh", "ijkl"), topics("abcdefghi", "stuvw")) == [
        (Event.CONTINUED, 0, 0),
        (Event.BORN, 1, None),
        (Event.RETIRED, 1, None),
    ]


def test_nothing_became_of_nothing() -> None:
    assert told(topics(), topics()) == []
    assert told(topics(), topics("abc")) == [(Event.BORN, 0, None)]
    assert told(topics("abc"), topics()) == [(Event.RETIRED, 0, None)]
