"""Keys, sessions and the audit log in the store, in each database."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from issuemine.errors import AccessError, BusyError, StoreError
from issuemine.records_access import AuditEntry, Role
from issuemine.store.operational import Operational, keys, sessions, writes
from issuemine.store.operational.tables_access import api_audit
from issuemine.store.operational.writes import CUT_OFF, KEPT, Claim, Reply

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(at: datetime = NOW) -> AuditEntry:
    return AuditEntry(0, at, 1, "Jo", "curator", "POST", "/v1/curation/pin", {}, None, {})


def test_a_key_is_found_by_itself_alone(store: Operational) -> None:
    key, kept = keys.create(store, "Jo", Role.CURATOR, at=NOW)
    other, _ = keys.create(store, "Kim", Role.READER, at=NOW)
    assert keys.find(store, key) == kept
    assert kept.hash not in key
    swapped = key[: key.rindex("_")] + other[other.rindex("_") :]
    for wrong in (key[:-1], key + "x", key.upper(), swapped, "", "imk_", f"{key} "):
        assert keys.find(store, wrong) is None
    assert len({one.prefix for one in keys.all_keys(store)}) == 2


def test_a_name_is_free_again_once_its_key_has_ended(store: Operational) -> None:
    _, first = keys.create(store, "Jo", Role.READER, at=NOW, expires_at=NOW + timedelta(days=1))
    with pytest.raises(AccessError, match="Jo"):
        keys.create(store, " Jo ", Role.READER, at=NOW)
    later = NOW + timedelta(days=2)
    _, second = keys.create(store, "Jo", Role.READER, at=later)
    keys.revoke(store, second.key_id, later)
    _, third = keys.create(store, "Jo", Role.READER, at=later)
    assert [key.holds(later) for key in keys.all_keys(store)] == [False, False, True]
    assert [first.holds(NOW), third.holds(NOW)] == [True, True]
    for name in ("", "   ", "x" * 101):
        with pytest.raises(AccessError):
            keys.create(store, name, Role.READER, at=NOW)
    with pytest.raises(AccessError, match="99"):
        keys.revoke(store, 99, NOW)


def test_the_last_use_is_written_once_a_minute_at_most(store: Operational) -> None:
    _, kept = keys.create(store, "Jo", Role.READER, at=NOW)
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (90, 60)):
        keys.note_use(store, kept.key_id, NOW + timedelta(seconds=seconds))
        assert keys.all_keys(store)[0].used_at == NOW + timedelta(seconds=noted)


def test_a_session_ends_with_its_key_and_those_that_ended_are_forgotten(store: Operational) -> None:
    _, kept = keys.create(store, "Jo", Role.READER, at=NOW)
    old = sessions.begin(store, kept, at=NOW, expires_at=NOW + timedelta(hours=1))
    new = sessions.begin(store, kept, at=NOW + timedelta(hours=2), expires_at=NOW + timedelta(hours=3))
    assert sessions.find(store, old) is None
    found = sessions.find(store, new)
    assert found is not None
    assert (found.key, found.expires_at) == (kept, NOW + timedelta(hours=3))
    assert sessions.csrf_token(new) != sessions.csrf_token(old)
    keys.revoke(store, kept.key_id, NOW)
    assert sessions.find(store, new) is None


def test_the_audit_log_is_only_added_to(store: Operational) -> None:
    number = writes.begin(store, entry())
    assert isinstance(number, int)
    assert writes.audit(store)[0].status is None
    writes.end(store, number, 201, {"event": 7})
    assert (writes.audit(store)[0].status, writes.audit(store)[0].changed) == (201, {"event": 7})
    for statement in (api_audit.update().values(who="Kim"), api_audit.delete()):
        with pytest.raises(StoreError), store.writing() as connection:
            connection.execute(statement)
    with pytest.raises(StoreError):
        writes.end(store, number, 500, {})
    assert writes.audit(store)[0].who == "Jo"


def test_the_audit_log_is_paged_from_the_newest(store: Operational) -> None:
    numbers = [writes.begin(store, entry()) for _ in range(5)]
    assert [one.audit_id for one in writes.audit(store, 2)] == numbers[:-3:-1]
    assert [one.audit_id for one in writes.audit(store, 9, before=numbers[2])] == [numbers[1], numbers[0]]  # type: ignore[arg-type]


def test_an_answer_is_kept_a_day_and_freed_where_asking_again_helps(store: Operational) -> None:
    claim, reply = Claim(1, "k", "hash"), Reply("hash", 201, {"content-type": "a"}, b"\x00body")
    number = writes.begin(store, entry(), claim)
    assert isinstance(number, int)
    assert writes.begin(store, entry(), claim) == Reply("hash", None, {}, b"")
    writes.end(store, number, 500, {}, claim, None)
    again = writes.begin(store, entry(), claim)
    assert isinstance(again, int)
    writes.end(store, again, 201, {}, claim, reply)
    assert writes.begin(store, entry(), Claim(1, "k", "another")) == reply
    assert isinstance(writes.begin(store, entry(), Claim(2, "k", "hash")), int)
    assert isinstance(writes.begin(store, entry(NOW + KEPT), claim), int)


def test_what_was_cut_off_is_begun_anew_after_a_while_and_then_kept_once(store: Operational) -> None:
    claim, reply = Claim(1, "k", "hash"), Reply("hash", 201, {}, b"body")
    slow = writes.begin(store, entry(), claim)
    assert isinstance(slow, int)
    later = NOW + CUT_OFF
    assert writes.begin(store, entry(later), Claim(1, "k", "another")) == Reply("hash", None, {}, b"")
    again = writes.begin(store, entry(later), claim)
    assert isinstance(again, int)
    # The first was only slow: what it wrote goes with its answer.
    with store.together() as group:
        keys.create(store, "slow", Role.READER, at=NOW)
        with pytest.raises(BusyError):
            writes.end(store, slow, 201, {}, claim, reply)
    assert group.connection is None
    assert keys.all_keys(store) == []
    with store.together() as group:
        keys.create(store, "again", Role.READER, at=NOW)
        assert [key.name for key in keys.all_keys(store)] == ["again"], "who writes reads it"
        writes.end(store, again, 201, {}, claim, reply)
        group.keep()
    assert [key.name for key in keys.all_keys(store)] == ["again"]
    assert writes.begin(store, entry(later), claim) == reply
    assert [one.status for one in writes.audit(store)] == [201, None]


def test_keys_tables_are_those_of_the_migration(store: Operational) -> None:
    with store.reading() as connection:
        inspector = sa.inspect(connection)
        for table in ("api_keys", "api_sessions", "api_audit", "api_replies"):
            from issuemine.store.operational.tables import metadata

            declared = {column.name for column in metadata.tables[table].columns}
            assert {column["name"] for column in inspector.get_columns(table)} == declared
