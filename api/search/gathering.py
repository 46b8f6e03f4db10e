"""Queries that come while others are encoded are encoded together: eight cost little more than one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import numpy as np

_MOST = 16
"""Texts encoded at a time: a long text makes all others of its batch wait."""


class Gathering:
    """An encoder of single texts for many threads.

    Parameters
    ----------
    encode : callable
        Encodes texts; called by one thread at a time.
    """

    def __init__(self, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._encode = encode
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._waiting: list[tuple[str, Future[np.ndarray]]] = []

    def __call__(self, text: str) -> np.ndarray:
        """The vector of a text; whose turn it is encodes what waits, others' texts too."""
        mine: Future[np.ndarray] = Future()
        with self._guard:
            self._waiting.append((text, mine))
        with self._turn:
            while not mine.done():
                with self._guard:
                    batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                self._answer(batch)
        return mine.result()

    def _answer(self, batch: Sequence[tuple[str, Future[np.ndarray]]]) -> None:
        try:
            vectors = self._encode([text for text, _ in batch])
        except BaseException as error:
            for _, waiting in batch:
                waiting.set_exception(error)
            raise
        for (_, waiting), vector in zip(batch, vectors, strict=True):
            waiting.set_result(vector)
