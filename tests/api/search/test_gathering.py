"""Texts of many threads are encoded together, each thread given its own."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from api.search.gathering import Gathering


class Slow:
    """Encodes a text as its length; waits until told to go on, so that others come meanwhile."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.started, self.go_on = threading.Event(), threading.Event()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        self.started.set()
        assert self.go_on.wait(30)
        if "broken" in texts:
            raise ValueError("broken")
        return np.array([[len(text)] for text in texts])


def test_what_comes_meanwhile_is_encoded_together_and_each_gets_its_own() -> None:
    slow = Slow()
    gathering = Gathering(slow.encode)
    texts = ["x" * length for length in range(1, 30)]
    with ThreadPoolExecutor(len(texts)) as pool:
        asked = [pool.submit(gathering, texts[0])]
        assert slow.started.wait(30)
        asked += [pool.submit(gathering, text) for text in texts[1:]]
        while len(gathering._waiting) < len(texts) - 1:
            pass
        slow.go_on.set()
        assert [int(one.result()[0]) for one in asked] == [len(text) for text in texts]
    assert slow.batches[0] == texts[:1]
    assert [len(batch) for batch in slow.batches] == [1, 16, 12]
    assert sorted(text for batch in slow.batches for text in batch) == texts


def test_a_failure_is_that_of_its_batch_alone() -> None:
    slow = Slow()
    slow.go_on.set()
    gathering = Gathering(slow.encode)
    with pytest.raises(ValueError, match="broken"):
        gathering("broken")
    assert int(gathering("whole")[0]) == 5
