"""Who may use the service, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a key may do, and what a route asks for.

    A curator may also read, an admin may do everything. An ingester may only bring records: a key that
    lies in a helpdesk's settings must not open what was mined.
    """

    READER = "reader"
    CURATOR = "curator"
    INGESTER = "ingester"
    ADMIN = "admin"

    def may(self, asked: Role) -> bool:
        """Whether a key of this role may use a route that asks for that one."""
        return asked in _MAY[self]


_MAY = {
    Role.READER: {Role.READER},
    Role.CURATOR: {Role.READER, Role.CURATOR},
    Role.INGESTER: {Role.INGESTER},
    Role.ADMIN: set(Role),
}


@dataclass(frozen=True)
class ApiKey:
    """A key as it is kept: never the key itself.

    ``prefix`` is the part of the key by which it is found and told apart; ``hash`` is the SHA-256 of the
    whole key, in hexadecimal.
    """

    key_id: int
    name: str
    role: Role
    prefix: str
    hash: str = field(repr=False)
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class Session:
    """A browser that has signed in with a key; it ends with the key at the latest."""

    key: ApiKey
    expires_at: datetime


@dataclass(frozen=True)
class AuditEntry:
    """A write that somebody asked for.

    ``status`` is that of the answer; None where the service ended before it knew. ``changed`` names ids and
    kinds, never texts.
    """

    audit_id: int
    at: datetime
    key_id: int | None
    who: str
    role: str
    method: str
    route: str
    target: dict[str, Any]
    status: int | None
    changed: dict[str, Any]
