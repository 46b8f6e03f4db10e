"""Processes that analyse Korean side by side, since Kiwi's own threads gain nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from issuemine.clean.tokens_worker import receive, send
from issuemine.errors import CleanError
from issuemine.messages import say

_CHUNK_CHARS = 4_000
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
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._finalizer = weakref.finalize(self, _end, self._processes)

    def pays_for(self, texts: Sequence[str]) -> bool:
        """Whether to send the texts to the workers: enough has been seen so far to start them."""
        size = sum(map(len, texts))
        self._seen += size
        return self.workers > 1 and self._seen >= _PAYS_FROM and size > _CHUNK_CHARS

    def words(self, texts: Sequence[str]) -> Iterator[list[tuple[str, str, int, int, int]]]:
        """Yield each text's words (lemma, tag, start, end, 1 where it opens a sentence), in order."""
        if not self._processes:
            for _ in range(self.workers):
                self._start()
        with ThreadPoolExecutor(self.workers) as executor:
            for answers in executor.map(self._ask, _chunks(texts)):
                yield from answers

    def close(self) -> None:
        """End the processes; a later batch starts new ones."""
        _end(self._processes)
        self._idle = SimpleQueue()

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
        send(process.stdin, self._user_words)
        self._idle.put(process)

    def _ask(self, texts: list[str]) -> list[list[tuple[str, str, int, int, int]]]:
        process = self._idle.get()
        try:
            assert process.stdin is not None  # noqa: S101 # tells the type checker
            assert process.stdout is not None  # noqa: S101 # tells the type checker
            send(process.stdin, texts)
            answer: list[list[tuple[str, str, int, int, int]]] | None = receive(process.stdout)
        except OSError:
            answer = None
        finally:
            self._idle.put(process)
        if answer is None:
            raise CleanError(
                say("A process that analyses Korean ended before its time."),
                say("Check the memory that is free: each needs about 700 MB."),
            )
        return answer


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
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
