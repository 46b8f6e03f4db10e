"""What the service notes of each write: the audit log, and answers for those who ask twice.

Both are begun in one transaction before the write and ended in the write's own, so that none goes unnoted,
even where the service is killed, and what was done is known by its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from issuemine.errors import BusyError
from issuemine.messages import say
from issuemine.records_access import AuditEntry
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables_access import api_audit, api_replies

KEPT = timedelta(hours=24)
"""How long the answer to an Idempotency-Key is kept."""
CUT_OFF = timedelta(minutes=1)
"""After which a write that has no answer is taken to have been killed, with nothing of it kept."""


@dataclass(frozen=True)
class Reply:
    """An answer that was given; ``status`` is None while the write is under way, or was cut off."""

    request_hash: str
    status: int | None
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Claim:
    """An Idempotency-Key of somebody, and the hash of the request that it came with."""

    owner: int
    idempotency_key: str
    request_hash: str


def begin(store: Operational, entry: AuditEntry, claim: Claim | None = None) -> int | Reply:
    """Note that a write begins.

    Parameters
    ----------
    store : Operational
        The open store.
    entry : AuditEntry
        Who asks for what; its number and status are not looked at.
    claim : Claim, optional
        What the request's Idempotency-Key says.

    Returns
    -------
    int or Reply
        The entry's number, or what was found under the key: then nothing is noted.
    """
    with store.writing() as connection:
        if claim is not None:
            connection.execute(api_replies.delete().where(api_replies.c.at <= entry.at - KEPT))
            found = connection.execute(sa.select(api_replies).where(*_of(claim))).mappings().first()
            if found is not None and not _was_cut_off(found, claim, entry):
                return Reply(
                    found["request_hash"], found["status"], found["headers"] or {}, found["body"] or b""
                )
            connection.execute(api_replies.delete().where(*_of(claim)))
            connection.execute(
                api_replies.insert().values(
                    owner=claim.owner,
                    idempotency_key=claim.idempotency_key,
                    request_hash=claim.request_hash,
                    at=entry.at,
                )
            )
        row = {
            "at": entry.at,
            "key_id": entry.key_id,
            "who": entry.who,
            "role": entry.role,
            "method": entry.method,
            "route": entry.route,
            "target": entry.target,
            "changed": entry.changed,
            "status": entry.status,
        }
        made = connection.execute(api_audit.insert().values(row).returning(api_audit.c.audit_id))
        return int(made.scalar_one())


def end(
    store: Operational,
    audit_id: int,
    status: int,
    changed: dict[str, Any],
    claim: Claim | None = None,
    reply: Reply | None = None,
) -> None:
    """Note how a write ended; without a reply to keep, the Idempotency-Key is free again.

    Raises
    ------
    BusyError
        If it took so long that it was taken to be cut off and was begun anew: it must not be kept then.
    """
    with store.writing() as connection:
        mine = api_audit.c.audit_id == audit_id
        connection.execute(api_audit.update().where(mine).values(status=status, changed=changed))
        if claim is None:
            return
        begun = sa.select(api_audit.c.at).where(mine).scalar_subquery()
        ours = (*_of(claim), api_replies.c.at == begun)
        if reply is None:
            connection.execute(api_replies.delete().where(*ours))
            return
        kept = {"status": reply.status, "headers": reply.headers, "body": reply.body}
        if not connection.execute(api_replies.update().where(*ours).values(kept)).rowcount:
            raise BusyError(say("This write took so long that it was begun anew."), say("Try again."))


def audit(store: Operational, most: int = 50, before: int | None = None) -> list[AuditEntry]:
    """Entries of the audit log, the newest first.

    Parameters
    ----------
    store : Operational
        The open store.
    most : int
        How many.
    before : int, optional
        Only those with a smaller number.
    """
    query = sa.select(api_audit).order_by(api_audit.c.audit_id.desc()).limit(most)
    if before is not None:
        query = query.where(api_audit.c.audit_id < before)
    with store.reading() as connection:
        return [AuditEntry(**row) for row in connection.execute(query).mappings()]


def _was_cut_off(found: sa.RowMapping, claim: Claim, entry: AuditEntry) -> bool:
    """Whether what was claimed was killed, and is now asked for again."""
    same = found["request_hash"] == claim.request_hash
    return same and found["status"] is None and bool(found["at"] <= entry.at - CUT_OFF)


def _of(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        api_replies.c.owner == claim.owner,
        api_replies.c.idempotency_key == claim.idempotency_key,
    )
