"""Finds out who asks: by a key, by the cookie of a session, or because nobody has made a key yet."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from api.errors import UnauthorizedError
from api.operational import OperationalStore
from api.security.local import is_local
from api.security.principal import Principal
from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.records_access import ApiKey, Role, Session
from issuemine.store.operational import keys, sessions

COOKIE = "issuemine_session"
_FRESH_SECONDS = 1.0
"""How long what the store said of a key is believed: a revoked key opens nothing after that."""
_MOST = 1_000
_log = logging.getLogger(__name__)
_Found = TypeVar("_Found", ApiKey, Session)


class Doorkeeper:
    """Knows who asks.

    Parameters
    ----------
    store : OperationalStore
        Where keys and sessions are kept.
    """

    def __init__(self, store: OperationalStore) -> None:
        self._store = store
        self._known: dict[str, tuple[float, ApiKey | Session]] = {}
        self._keyed = (float("-inf"), False)

    async def who(self, scope: Scope) -> Principal:
        """Who asks.

        Raises
        ------
        UnauthorizedError
            If no key comes along, or one that opens nothing.
        StoreError
            If the store cannot be asked.
        """
        key = _key_of(Headers(scope=scope))
        if key is not None:
            found = await self._find("key", key, keys.find)
            if found is None:
                raise UnauthorizedError(say("This is no key of this service."), _make())
            return await self._let_in(found, Principal(found.name, found.role, "key", found.key_id))
        if not await self._any_key():
            if not is_local(scope):
                raise UnauthorizedError(
                    say("This service has no keys yet, and so answers only to this machine itself."), _make()
                )
            return Principal("local", Role.ADMIN, "open")
        token = HTTPConnection(scope).cookies.get(COOKIE)
        if token is None:
            raise UnauthorizedError(
                say("This needs a key."), say("Send it as 'Authorization: Bearer KEY', or sign in.")
            )
        session = await self._find("session", token, sessions.find)
        if session is None or datetime.now(UTC) >= session.expires_at:
            raise UnauthorizedError(say("This session has ended."), say("Sign in again."))
        key_of = session.key
        who = Principal(key_of.name, key_of.role, "session", key_of.key_id, token)
        return await self._let_in(key_of, who)

    def forget(self, token: str) -> None:
        """Ask the store again for a session that has ended."""
        self._known.pop(_name("session", token), None)

    async def _let_in(self, key: ApiKey, who: Principal) -> Principal:
        now = datetime.now(UTC)
        if key.revoked_at is not None:
            raise UnauthorizedError(say("This key was revoked."), _make())
        if not key.holds(now):
            raise UnauthorizedError(say("This key has expired."), _make())
        if key.used_at is None or now - key.used_at >= keys.USE_NOTED:
            await run_in_threadpool(self._note_use, key, now)
        return who

    def _note_use(self, key: ApiKey, now: datetime) -> None:
        try:
            keys.note_use(self._store.open(), key.key_id, now)
        except StoreError as error:
            # A store that cannot be written now is no reason to turn readers away.
            _log.warning("last use of a key was not kept: %s", type(error).__name__)

    async def _find(self, kind: str, secret: str, ask: Callable[..., _Found | None]) -> _Found | None:
        """What the store says of a secret, or said a moment ago."""
        name = _name(kind, secret)
        at, found = self._known.get(name, (float("-inf"), None))
        if found is not None and time.monotonic() - at < _FRESH_SECONDS:
            return found  # type: ignore[return-value]
        store = await run_in_threadpool(self._store.there)
        fresh = None if store is None else await run_in_threadpool(ask, store, secret)
        if fresh is None:
            self._known.pop(name, None)
            return None
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[name] = (time.monotonic(), fresh)
        return fresh

    async def _any_key(self) -> bool:
        at, keyed = self._keyed
        # Keys are never deleted: once there is one, there always will be.
        if not keyed and time.monotonic() - at >= _FRESH_SECONDS:
            store = await run_in_threadpool(self._store.there)
            keyed = store is not None and await run_in_threadpool(keys.any_key, store)
            self._keyed = (time.monotonic(), keyed)
        return keyed


def _key_of(headers: Headers) -> str | None:
    """The key that a request brings."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme:
        raise UnauthorizedError(say("This needs a key."), say("Send it as 'Authorization: Bearer KEY'."))
    return headers.get("x-api-key")


def _name(kind: str, secret: str) -> str:
    """What a secret is remembered by, so that none stays in memory."""
    return f"{kind} {hashlib.sha256(secret.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _make() -> str:
    return say("An administrator makes one with 'issuemine keys create'.")
