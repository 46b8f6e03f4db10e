"""Answers that are given again: a snapshot never changes, so neither does what is read from it.

Each process keeps the last ones whole, up to a number of bytes, by snapshot, address and language. The guard
has let the request in before; what depends on more than the snapshot is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.deps import etag_of, unless_known
from api.observing.metrics import note_remembered
from api.security.guard import admitted
from issuemine.messages import speaking
from issuemine.store.snapshot import Snapshot

_LARGEST = 32
"""An answer takes at most one part in so many of the memory."""
_ROUND = 1_000
"""Bytes reckoned for what is kept beside a body."""
_BESIDES = frozenset({"segment"})
"""Parameters that name what lies beside the snapshot, and may change while it does not."""
_Key = tuple[str, str, str, str]
_Answer = tuple[bytes, dict[str, str]]


class Answers:
    """The last answers, the longest unused forgotten first.

    Parameters
    ----------
    most : int
        Bytes kept; 0 keeps nothing.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[_Key, _Answer] = OrderedDict()

    def get(self, key: _Key) -> _Answer | None:
        """What was answered before."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: _Key, answer: _Answer) -> None:
        """Keep an answer, if it is not too large."""
        size = len(answer[0]) + _ROUND
        if size > self._most // _LARGEST or key in self._kept:
            return
        self._kept[key] = answer
        self._size += size
        while self._size > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest[0]) + _ROUND


class Remembered(APIRoute):
    """A route whose answers depend on nothing but the snapshot, the address and the language."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint, asked only for what is not remembered."""
        ask = super().get_route_handler()

        async def answer(request: Request) -> Response:
            answers: Answers = request.app.state.answers
            snapshot: Snapshot | None = request.app.state.snapshots.unchanged()
            if snapshot is None or not _BESIDES.isdisjoint(request.query_params):
                return await ask(request)
            key = (snapshot.digest, request.url.path, request.url.query, speaking())
            found = answers.get(key)
            if found is not None:
                await admitted(request)
                etag = etag_of(request, snapshot)
                unless_known(request, etag)
                note_remembered(request.scope["state"]["route"])
                return Response(found[0], headers=found[1] | {"etag": etag})
            fresh = await ask(request)
            # A new snapshot may have come meanwhile.
            if fresh.status_code == 200 and fresh.headers.get("ETag") == etag_of(request, snapshot):
                # Copied, since what packs an answer on its way changes its headers.
                answers.put(key, (bytes(fresh.body), dict(fresh.headers)))
            return fresh

        return answer


def written(content: dict[str, Any], response: Response) -> Response:
    """An answer of plain values, with what a dependency has put into its headers.

    They must have the fields of the endpoint's schema and no others: FastAPI, which sees to it elsewhere,
    takes forty times as long for a thousand of them.
    """
    return Response(orjson.dumps(content), media_type="application/json", headers=dict(response.headers))
