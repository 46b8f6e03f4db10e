"""Keys of the service: made, found, listed, revoked. What is kept of one cannot be turned back into it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from issuemine.errors import AccessError
from issuemine.messages import say
from issuemine.records_access import ApiKey, Role
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables_access import api_keys, api_sessions

_MARK = "imk"
"""How every key begins, so that scanners for leaked secrets can know one."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_PREFIX = 10
USE_NOTED = timedelta(minutes=1)
"""The last use of a key is written no more often than this."""


def create(
    store: Operational, name: str, role: Role, *, at: datetime, expires_at: datetime | None = None
) -> tuple[str, ApiKey]:
    """Make a key.

    Parameters
    ----------
    store : Operational
        The open store.
    name : str
        Who or what it is for: the author of what is curated with it.
    role : Role
        What it may do.
    at : datetime
        Now.
    expires_at : datetime, optional
        When it ends; default: never.

    Returns
    -------
    tuple of str and ApiKey
        The key, of 256 random bits, which is kept nowhere, and what is kept of it.

    Raises
    ------
    AccessError
        If the name is empty or longer than 100 characters, or a key that holds has it already.
    """
    called = " ".join(name.split())
    if not called or len(called) > 100:
        raise AccessError(say("A key needs a name of 1 to 100 characters."))
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(_PREFIX))
    key = f"{_MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    row = {
        "name": called,
        "role": str(role),
        "prefix": prefix,
        "hash": _hash(key),
        "created_at": at,
        "expires_at": expires_at,
    }
    with store.writing() as connection:
        same = connection.execute(sa.select(api_keys).where(api_keys.c.name == called)).mappings()
        if any(_key(found).holds(at) for found in same):
            raise AccessError(
                say("There is a key named {name} already.", name=called),
                say("Choose another name, or revoke it first with 'issuemine keys revoke'."),
            )
        made = connection.execute(api_keys.insert().values(row).returning(api_keys)).mappings().one()
    return key, _key(made)


def find(store: Operational, key: str) -> ApiKey | None:
    """What is kept of a key, whether it holds or not; None where it is none of this store's."""
    mark, _, rest = key.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != _MARK or len(prefix) != _PREFIX or not secret or not prefix.isascii():
        return None
    with store.reading() as connection:
        row = connection.execute(sa.select(api_keys).where(api_keys.c.prefix == prefix)).mappings().first()
    if row is None or not matches(_key(row), key):
        return None
    return _key(row)


def matches(kept: ApiKey, key: str) -> bool:
    """Whether a key is the one that this was kept of, told in constant time."""
    return hmac.compare_digest(kept.hash, _hash(key))


def all_keys(store: Operational) -> list[ApiKey]:
    """All keys that were ever made, in their order."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(api_keys).order_by(api_keys.c.key_id)).mappings()
        return [_key(row) for row in rows]


def any_key(store: Operational) -> bool:
    """Whether a key was ever made: from then on nobody is let in without one."""
    with store.reading() as connection:
        return connection.execute(sa.select(api_keys.c.key_id).limit(1)).first() is not None


def revoke(store: Operational, key_id: int, at: datetime) -> ApiKey:
    """Let a key open nothing any more, and end the sessions that were begun with it.

    Raises
    ------
    AccessError
        If there is none of this number.
    """
    with store.writing() as connection:
        still = (api_keys.c.key_id == key_id, api_keys.c.revoked_at.is_(None))
        connection.execute(api_keys.update().where(*still).values(revoked_at=at))
        connection.execute(api_sessions.delete().where(api_sessions.c.key_id == key_id))
        row = connection.execute(sa.select(api_keys).where(api_keys.c.key_id == key_id)).mappings().first()
    if row is None:
        raise AccessError(
            say("There is no key {key_id}.", key_id=key_id), say("'issuemine keys list' lists the keys.")
        )
    return _key(row)


def note_use(store: Operational, key_id: int, at: datetime) -> None:
    """Keep that a key was used, unless that was kept less than a minute ago."""
    long_ago = sa.or_(api_keys.c.used_at.is_(None), api_keys.c.used_at <= at - USE_NOTED)
    with store.writing() as connection:
        connection.execute(api_keys.update().where(api_keys.c.key_id == key_id, long_ago).values(used_at=at))


def _hash(key: str) -> str:
    # Plain SHA-256 does for 256 random bits: there is nothing to guess that a slow hash would protect.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: Any) -> ApiKey:
    return ApiKey(**{**row, "role": Role(row["role"])})
