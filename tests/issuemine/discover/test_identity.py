"""Ids carry over: against all matchings tried one by one."""

from itertools import permutations

import numpy as np
import pytest

from issuemine.discover import match_topics


def members(*topics: str) -> dict[str, int]:
    return {mention: topic for topic, names in enumerate(topics) for mention in names}


def test_renumbered_topics_keep_their_ids() -> None:
    assert match_topics(members("abcd", "efg", "hij"), members("hij", "abcd", "efg")) == {0: 2, 1: 0, 2: 1}


def test_a_topic_of_other_mentions_is_new() -> None:
    assert match_topics(members("abcd"), members("abcd", "xyz")) == {0: 0}
    assert match_topics(members("abcd"), members("xyz")) == {}


def test_little_overlap_is_no_continuation() -> None:
    assert match_topics(members("abcdefgh", "ij"), members("ai", "bcdefgh", "j")) == {1: 0, 2: 1}


def test_the_larger_part_of_a_split_topic_carries_its_id() -> None:
    assert match_topics(members("abcdefgh"), members("abc", "defgh")) == {1: 0}


@pytest.mark.parametrize("seed", range(20))
def test_no_other_matching_shares_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    old = {f"m{i}": int(topic) for i, topic in enumerate(rng.integers(0, 4, 60))}
    new = {m: t if rng.random() < 0.5 else int(rng.integers(0, 4)) for m, t in old.items()}

    def jaccard(a: int, b: int) -> float:
        left = {m for m in new if new[m] == a}
        right = {m for m in old if old[m] == b}
        value = len(left & right) / len(left | right)
        return value if value >= 0.2 else 0.0

    best = max(sum(jaccard(a, b) for a, b in enumerate(order)) for order in permutations(range(4)))
    found = match_topics(old, new, min_jaccard=0.2)
    assert len(set(found.values())) == len(found)
    assert sum(jaccard(a, b) for a, b in found.items()) == pytest.approx(best)
