"""A process that analyses Korean for another one: texts come in on its input, words go out.

Each message is its length in eight bytes and
then JSON: first the list of user words, then one list of texts after the other, each answered by a
list of lists of words. It ends when its input does.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import IO, Any

import orjson


def send(stream: IO[bytes], message: object) -> None:
    """Write a message and flush it."""
    body = orjson.dumps(message)
    stream.write(len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read a message; ``None`` when the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    body = stream.read(int.from_bytes(head, "big"))
    return orjson.loads(body)


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
    tokenizer = KiwiTokenizer(Vocab(), user_words or ())
    while (texts := receive(source)) is not None:
        send(sink, [tokenizer.plain_words(text) for text in texts])
