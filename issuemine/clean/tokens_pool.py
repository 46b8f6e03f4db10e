"""Processes that analyse Korean side by side, since Kiwi's own threads gain nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import orjson

from issuemine.clean.analysis import Analysis, unpack
from issuemine.clean.tokens_worker import receive, send
from issuemine.errors import CleanError
from issuemine.messages import say

_CHUNK_CHARS = 4_000
_AHEAD = 2
"""Chunks that a worker has at hand, so that it never waits for this process."""
_PAYS_FROM = 500_000
"""Characters seen: to start a worker takes as long as to analyse some 300,000."""

_WORKER = "import sys; sys.modules['torch'] = None; from issuemine.clean.tokens_worker import main; main()"
"""spaCy and others load torch wherever they find it; here it would cost seconds and memory for nothing."""


class Pool:
    """Worker processes, started when a batch is large enough to pay for their start.

    Parameters
    ----------
    user_words : sequence of str
        Nouns that are kept whole.
    workers : int, optional
        Number of processes; 1 means none. Default: one for each core that this process may use.
    """

    def __init__(self, user_words: Sequence[str], workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self._seen = 0
        self._user_words = list(user_words)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._finalizer = weakref.finalize(self, _end, self._processes)

    def pays_for(self, texts: Sequence[str]) -> bool:
        """Whether to send the texts to the workers: enough has been seen so far to start them."""
        size = sum(map(len, texts))
        self._seen += size
        return self.workers > 1 and self._seen >= _PAYS_FROM and size > _CHUNK_CHARS

    def analyses(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse texts, in order.

        Raises
        ------
        CleanError
            If a worker ended before its time.
        """
        if not self._processes:
            for _ in range(self.workers):
                self._start()
        chunks = list(_chunks(texts, self.workers))
        found: list[list[Analysis]] = [[] for _ in chunks]
        left = deque(enumerate(chunks))
        with ThreadPoolExecutor(self.workers) as executor:
            served = [executor.submit(_serve, process, left, found) for process in self._processes]
        for one in served:
            one.result()
        return [analysis for chunk in found for analysis in chunk]

    def close(self) -> None:
        """End the processes; a later batch starts new ones."""
        _end(self._processes)

    def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        process = subprocess.Popen(  # noqa: S603 # our own module, no shell
            [sys.executable, "-c", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._processes.append(process)
        assert process.stdin is not None  # noqa: S101 # tells the type checker
        send(process.stdin, orjson.dumps(self._user_words))


def _serve(
    process: subprocess.Popen[bytes], left: deque[tuple[int, list[str]]], found: list[list[Analysis]]
) -> None:
    """Have one process analyse chunks as long as there are some left."""
    assert process.stdin is not None  # noqa: S101 # tells the type checker
    assert process.stdout is not None  # noqa: S101 # tells the type checker
    asked: deque[int] = deque()
    try:
        while True:
            with suppress(IndexError):  # another thread may take the last one
                while len(asked) < _AHEAD:
                    number, texts = left.popleft()
                    asked.append(number)
                    send(process.stdin, orjson.dumps(texts))
            if not asked:
                break
            if (answer := receive(process.stdout)) is None:
                raise EOFError
            found[asked.popleft()] = unpack(answer)
    except (OSError, EOFError) as error:
        left.clear()
        raise CleanError(
            say("A process that analyses Korean ended before its time."),
            say("Check the memory that is free: each needs about 700 MB."),
        ) from error


def _chunks(texts: Sequence[str], workers: int) -> Iterator[list[str]]:
    """Cut texts into chunks, smaller ones towards the end, so that all workers end at the same time."""
    chunk: list[str] = []
    size, left = 0, sum(map(len, texts))
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= min(_CHUNK_CHARS, max(left // (4 * workers * _AHEAD), _CHUNK_CHARS // 16)):
            yield chunk
            chunk, left, size = [], left - size, 0
    if chunk:
        yield chunk


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Close the workers' inputs, at which they end."""
    for process in processes:
        if process.stdin is not None:
            with suppress(OSError):  # it has ended already
                process.stdin.close()
    for process in processes:
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    processes.clear()
