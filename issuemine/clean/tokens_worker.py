"""A process that analyses Korean for another one: texts come in on its input, analyses go out.

Each message is its length in eight bytes and then its body: first the list of user words, then one list of
texts after the other, as JSON, each answered by packed analyses. It ends when its input does.
"""

from __future__ import annotations

import gc
import os
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO

import orjson

from issuemine.clean.analysis import pack


def send(stream: IO[bytes], body: bytes) -> None:
    """Write a message and flush it."""
    stream.write(len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read a message; ``None`` when the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    return stream.read(int.from_bytes(head, "big"))


def main() -> None:
    """Answer until the input ends."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    user_words = receive(source)
    from spacy.vocab import Vocab

    from issuemine.clean.kiwi import KiwiTokenizer

    # Words form no cycles; looking for some would take a tenth of the time.
    gc.disable()
    tokenizer = KiwiTokenizer(Vocab(), orjson.loads(user_words or b"[]"))
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_take_in, args=(source, waiting), daemon=True).start()
    while (texts := waiting.get()) is not None:
        send(sink, pack(map(tokenizer.analysis, orjson.loads(texts))))


def _take_in(source: IO[bytes], waiting: SimpleQueue[bytes | None]) -> None:
    """Read ahead, so that the other side never waits to hand over texts."""
    while (texts := receive(source)) is not None:
        waiting.put(texts)
    waiting.put(None)
