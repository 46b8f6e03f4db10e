"""Browsers that have signed in: the cookie is a random token, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import sqlalchemy as sa

from issuemine.records_access import ApiKey, Role, Session
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables_access import api_keys, api_sessions


def begin(store: Operational, key: ApiKey, *, at: datetime, expires_at: datetime) -> str:
    """Begin a session of a key and forget those that have ended; gives the token for the cookie."""
    token = secrets.token_urlsafe(32)
    row = {"hash": _hash(token), "key_id": key.key_id, "expires_at": expires_at}
    with store.writing() as connection:
        connection.execute(api_sessions.delete().where(api_sessions.c.expires_at <= at))
        connection.execute(api_sessions.insert().values(row))
    return token


def find(store: Operational, token: str) -> Session | None:
    """The session of a token and its key, whether they hold or not; None where it is not of this store."""
    joined = sa.select(api_keys, api_sessions.c.expires_at.label("session_ends")).join_from(
        api_sessions, api_keys, api_sessions.c.key_id == api_keys.c.key_id
    )
    with store.reading() as connection:
        row = connection.execute(joined.where(api_sessions.c.hash == _hash(token))).mappings().first()
    if row is None:
        return None
    values = dict(row)
    ends = values.pop("session_ends")
    return Session(ApiKey(**{**values, "role": Role(values["role"])}), ends)


def end(store: Operational, token: str) -> None:
    """End a session; one that is not there is ended already."""
    with store.writing() as connection:
        connection.execute(api_sessions.delete().where(api_sessions.c.hash == _hash(token)))


def csrf_token(token: str) -> str:
    """What a form of this session must send back: only who can read the page knows it."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), b"csrf", hashlib.sha256).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
