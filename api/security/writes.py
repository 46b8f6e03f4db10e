"""What every write has in common: a largest body, a page's token, an Idempotency-Key, the audit log."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BadQueryError, ConflictError, TooLargeError, rendered
from api.operational import OperationalStore
from api.security.named import ids
from api.security.origin import check_token
from api.security.principal import Principal
from api.security.roles import ANYONE, Needs
from api.security.signed import Signatures
from issuemine.errors import IssuemineError
from issuemine.messages import say
from issuemine.records_access import AuditEntry
from issuemine.store.operational import Operational, writes
from issuemine.store.operational.together import Together
from issuemine.store.operational.writes import Claim, Reply

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("content-type", "location", "content-language")
_KEPT_BODY = 1_000_000


class Writes:
    """Has writes answered and notes them.

    Parameters
    ----------
    store : OperationalStore
        Where they are noted.
    most : int
        Largest body in bytes.
    signatures : Signatures
        Knows who has signed a body, on routes that ask for that.
    """

    def __init__(self, store: OperationalStore, most: int, signatures: Signatures) -> None:
        self._store = store
        self._most = most
        self._signatures = signatures

    async def answer(
        self,
        app: ASGIApp,
        scope: Scope,
        receive: Receive,
        send: Send,
        who: Principal | None,
        needs: Needs,
        named: dict[str, str],
    ) -> None:
        """Have a request answered that is no mere reading."""
        headers = Headers(scope=scope)
        try:
            body = await self._read(headers, receive)
            if body is None:
                return
            if needs.signed_by is not None:
                who = scope["state"]["principal"] = await self._signatures.admit(needs.signed_by, scope, body)
            # Who signs in has no token yet, and changes nothing of what was there.
            if who is not None and needs.role != ANYONE:
                check_token(who, headers, body)
            if needs.reads:
                await app(scope, _replaying(body, receive), send)
                return
            claim = _claim(scope, headers, body, who)
            entry = _entry(scope, who, named)
            begun = await run_in_threadpool(writes.begin, self._store.open(), entry, claim)
            if isinstance(begun, Reply):
                assert claim is not None  # noqa: S101 - for the type checker
                await _send(_again(begun, claim), send)
                return
        except IssuemineError as error:
            await rendered(error)(scope, receive, send)
            return
        told, store = _Told(), self._store.open()
        with store.together() as group:
            try:
                await app(scope, _replaying(body, receive), told)
            finally:
                changed = scope["state"].get("changed", {})
                failed = await run_in_threadpool(_end, store, group, begun, told, changed, claim)
        if failed is not None:
            await rendered(failed)(scope, receive, send)
            return
        for message in told.messages:
            await send(message)

    async def _read(self, headers: Headers, receive: Receive) -> bytes | None:
        """The whole body; None where who sends it is gone before its end, so that no half of it is done."""
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._most:
            raise self._too_large()
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._most:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(body)

    def _too_large(self) -> TooLargeError:
        return TooLargeError(
            say("The body is larger than {most:,} bytes.", most=self._most),
            say("Send it in smaller parts."),
        )


class _Told:
    """Keeps what is answered until the write is noted."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        """Of the answer; 500 where there is none."""
        return next((one["status"] for one in self.messages if one["type"] == "http.response.start"), 500)

    def reply(self, claim: Claim | None) -> Reply | None:
        """What is kept for who asks again; nothing where asking again may well help."""
        body = b"".join(one.get("body", b"") for one in self.messages)
        if claim is None or self.status >= 500 or len(body) > _KEPT_BODY:
            return None
        (start, *_) = self.messages
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
        kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        return Reply(claim.request_hash, self.status, kept, body)


def _end(
    store: Operational, group: Together, begun: int, told: _Told, changed: dict[str, Any], claim: Claim | None
) -> IssuemineError | None:
    """Keep what was written with its answer in one step, or neither where it failed; tells why it cannot."""
    try:
        if told.status < 500:
            writes.end(store, begun, told.status, changed, claim, told.reply(claim))
            group.keep()
            return None
        failed = None
    except IssuemineError as error:
        failed = error
    group.drop()
    writes.end(store, begun, 503 if failed is not None else told.status, {}, claim, None)
    return failed


def _claim(scope: Scope, headers: Headers, body: bytes, who: Principal | None) -> Claim | None:
    """What the Idempotency-Key of a request says; of nobody we know, it says nothing."""
    key = headers.get("idempotency-key")
    if key is None or who is None:
        return None
    if not _KEY.fullmatch(key):
        raise BadQueryError(say("An Idempotency-Key has 1 to 255 visible ASCII characters."))
    asked = b"\0".join((scope["method"].encode(), scope["path"].encode(), scope["query_string"], body))
    return Claim(who.key_id or 0, key, hashlib.sha256(asked).hexdigest())


def _entry(scope: Scope, who: Principal | None, named: dict[str, str]) -> AuditEntry:
    return AuditEntry(
        audit_id=0,
        at=datetime.now(UTC),
        key_id=who.key_id if who is not None else None,
        who=who.name if who is not None else "",
        role=str(who.role) if who is not None else "",
        method=scope["method"],
        route=scope["state"]["route"],
        target=ids(named),
        status=None,
        changed={},
    )


def _again(found: Reply, claim: Claim) -> Reply:
    """The answer to a request that was made before."""
    if found.request_hash != claim.request_hash:
        raise BadQueryError(
            say("This Idempotency-Key was sent before with another request."), say("Choose a new one.")
        )
    if found.status is None:
        raise ConflictError(
            say("The request with this Idempotency-Key is still being answered, or was cut off."),
            say("Try again in a moment; if that does not help, look at what was changed."),
        )
    return found


async def _send(reply: Reply, send: Send) -> None:
    headers = reply.headers | {"idempotency-replayed": "true", "content-length": str(len(reply.body))}
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": pairs})
    await send({"type": "http.response.body", "body": reply.body})


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read already, then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
