"""Damage to real files: it is found, named, and never served."""

import hashlib
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from issuemine.errors import DamagedError, NothingPublishedError
from issuemine.store.connection import Database
from issuemine.store.files import digest_of_parts, quickest, write_json
from issuemine.store.layout import Layout
from issuemine.store.seal import break_seal, check_seal
from issuemine.store.snapshot import Snapshots
from tests.issuemine.store.rows import records
from tests.issuemine.store.test_records import take


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def remove(path: Path) -> None:
    path.unlink()


DAMAGES = [cut, flip, empty, remove]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_named_with_the_sound_one_to_roll_back_to(
    three: Layout, damage: Callable[[Path], None]
) -> None:
    damage(three.snapshot("r00003"))
    with pytest.raises(DamagedError, match=r"r00003\.duckdb.*issuemine rollback r00002"):
        Snapshots(three).current()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_seen_by_a_reader_that_has_the_snapshot_open(
    three: Layout, damage: Callable[[Path], None]
) -> None:
    snapshots = Snapshots(three)
    assert snapshots.current().snapshot_id == "r00003"
    damage(three.snapshot("r00003"))
    for _ in range(2):
        with pytest.raises(DamagedError, match="r00003"):
            snapshots.current()


def test_with_no_sound_snapshot_at_all_only_a_new_run_or_a_backup_helps(three: Layout) -> None:
    for run in ("r00001", "r00002", "r00003"):
        flip(three.snapshot(run))
    with pytest.raises(DamagedError, match=r"Run again.*issuemine restore"):
        Snapshots(three).current()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"[]",
        b"{}",
        b'{"snapshot": "r00001.duckdb"}',
        b'{"snapshot": "../x", "blake2b": "0"}',
        b'{"snapshot": 7, "blake2b": "0"}',
        b"\xff\xfe\x00",
    ],
)
def test_a_garbage_pointer_is_named(three: Layout, content: bytes) -> None:
    three.pointer.write_bytes(content)
    with pytest.raises(DamagedError, match=r"current\.json.*issuemine rollback r00003"):
        Snapshots(three).current()


def test_a_missing_pointer_means_that_nothing_is_published(three: Layout) -> None:
    snapshots = Snapshots(three)
    snapshots.current()
    three.pointer.unlink()
    with pytest.raises(NothingPublishedError, match="issuemine run"):
        snapshots.current()


def test_a_mended_snapshot_is_served_again(three: Layout) -> None:
    content = three.snapshot("r00003").read_bytes()
    snapshots = Snapshots(three)
    flip(three.snapshot("r00003"))
    with pytest.raises(DamagedError):
        snapshots.current()
    three.snapshot("r00003").write_bytes(content)
    assert snapshots.current().snapshot_id == "r00003"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_warehouse_that_is_not_what_the_last_run_left_is_named(
    three: Layout, damage: Callable[[Path], None]
) -> None:
    check_seal(three)
    damage(three.warehouse)
    with pytest.raises(DamagedError, match=r"warehouse\.duckdb.*issuemine restore"):
        check_seal(three)


def test_a_seal_of_an_earlier_version_still_holds(three: Layout) -> None:
    content = three.warehouse.read_bytes()
    whole = hashlib.blake2b(content, digest_size=16).hexdigest()
    write_json(three.seal, {"blake2b": whole, "bytes": len(content)})
    check_seal(three)
    flip(three.warehouse)
    with pytest.raises(DamagedError):
        check_seal(three)


def test_a_seal_of_either_hash_holds_whatever_this_machine_takes_fastest(three: Layout) -> None:
    size = three.warehouse.stat().st_size
    for name in ("blake2b", "sha256"):
        noted = {"hash": name, "of_parts": digest_of_parts(three.warehouse, name)}
        write_json(three.seal, noted | {"bytes": size})
        check_seal(three)
    flip(three.warehouse)
    with pytest.raises(DamagedError):
        check_seal(three)


def test_a_seal_that_names_a_hash_which_is_not_known_does_not_hold(three: Layout) -> None:
    noted = json.loads(three.seal.read_text())
    write_json(three.seal, noted | {"hash": "of tomorrow"})
    with pytest.raises(DamagedError):
        check_seal(three)


@pytest.mark.parametrize("name", ["blake2b", "sha256"])
def test_the_digest_of_parts_is_the_hash_of_their_hashes(tmp_path: Path, name: str) -> None:
    part, file = 32 * 2**20, tmp_path / "file"
    fresh = {"blake2b": partial(hashlib.blake2b, digest_size=16), "sha256": hashlib.sha256}[name]
    for size in (0, 5, part, 2 * part + 7):
        content = np.random.default_rng(size).bytes(size)
        file.write_bytes(content)
        of_parts = [fresh(content[at : at + part]).digest() for at in range(0, size, part)]
        assert digest_of_parts(file, name) == fresh(b"".join(of_parts)).hexdigest()


def test_a_byte_that_changed_in_any_part_changes_the_digest(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(70 * 2**20))
    name = quickest()
    found = {digest_of_parts(file, name)}
    for place in (0, 33 * 2**20, 70 * 2**20 - 1):
        with file.open("r+b") as opened:
            opened.seek(place)
            opened.write(b"x")
        found.add(digest_of_parts(file, name))
    assert len(found) == 4


def test_a_missing_warehouse_is_told_even_without_a_seal(three: Layout) -> None:
    three.warehouse.unlink()
    three.seal.unlink()
    with pytest.raises(DamagedError, match="missing"):
        check_seal(three)


def test_a_new_folder_and_a_broken_seal_have_nothing_to_check(tmp_path: Path, three: Layout) -> None:
    check_seal(Layout(tmp_path / "new"))
    break_seal(three)
    flip(three.warehouse)
    check_seal(three)


def test_without_a_seal_duckdb_refuses_what_is_damaged_once_it_reads_it(
    layout: Layout, warehouse: Database
) -> None:
    """The file is cut at several places, then damaged all over in turn: what is read is right or refused."""
    many = [{"record_id": f"r{i}", "text": f"the card {i} was declined {i * 7919}"} for i in range(2_000)]
    take(warehouse, records(*many))
    texts = texts_in(warehouse)
    warehouse.close()
    sound = layout.warehouse.read_bytes()
    cuts = [sound[: len(sound) * part // 8] for part in range(8)]
    refused = []
    for content in cuts + [damaged(sound, start, 131_072) for start in range(0, len(sound), 131_072)]:
        layout.warehouse.write_bytes(content)
        try:
            with Database(layout.warehouse, read_only=True) as database:
                assert texts_in(database) == texts
        except DamagedError as error:
            refused.append(str(error))
    assert len(refused) > len(cuts) / 2
    assert all(str(layout.warehouse) in message for message in refused)


def texts_in(database: Database) -> list[str]:
    found: list[str] = database.table("snapshot/records", {"as_of": "2027-01-01"})["text"].to_pylist()
    return found


def damaged(sound: bytes, start: int, length: int) -> bytes:
    content = bytearray(sound)
    for at in range(start, min(start + length, len(sound)), 64):
        content[at] ^= 0xFF
    return bytes(content)
