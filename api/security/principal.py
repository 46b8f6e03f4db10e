"""Who asks: what endpoints and templates may know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.requests import HTTPConnection

from issuemine.records_access import Role
from issuemine.store.operational import sessions


@dataclass(frozen=True)
class Principal:
    """Who asks, and how that is known.

    ``way`` is ``key``, ``session`` (a cookie of somebody who signed in with a key), ``signature`` (a helpdesk
    that has signed what it sends), or ``open``: nobody has made a key yet, so who works at this machine is
    let in.
    """

    name: str
    role: Role
    way: Literal["key", "session", "signature", "open"]
    key_id: int | None = None
    token: str | None = field(default=None, repr=False)

    @property
    def open(self) -> bool:
        """Whether it was let in because there is no key yet."""
        return self.way == "open"

    @property
    def by_session(self) -> bool:
        """Whether it has signed in, and so can sign out."""
        return self.way == "session"

    def may(self, role: Role) -> bool:
        """Whether it may use routes that ask for a role."""
        return self.role.may(role)


def principal_of(request: HTTPConnection) -> Principal | None:
    """Who asks; None on routes for anyone where nobody says who they are."""
    found = getattr(request.state, "principal", None)
    return found if isinstance(found, Principal) else None


def admitted_principal(request: HTTPConnection) -> Principal:
    """Who asks, on a route that asks for a role: the guard lets nobody else in."""
    who = principal_of(request)
    assert who is not None  # noqa: S101 - the guard lets nobody else in
    return who


def csrf_token(request: HTTPConnection) -> str:
    """What forms of this request's page send back as ``csrf_token``; empty where nobody has signed in."""
    who = principal_of(request)
    return sessions.csrf_token(who.token) if who is not None and who.token is not None else ""


def changed(request: HTTPConnection, **what: Any) -> None:
    """Say for the audit log what a write has changed: ids, kinds and counts, never texts."""
    request.state.changed = {**getattr(request.state, "changed", {}), **what}
