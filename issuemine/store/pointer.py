"""Which snapshot is served, and what is known of each: a pointer, and a card beside every snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from issuemine.config import StoreSettings
from issuemine.errors import DamagedError, NothingPublishedError, SettingsError
from issuemine.messages import say
from issuemine.store.files import digest, read_json, write_json
from issuemine.store.layout import Layout

_SWITCH_SECONDS = 60


def pointed(layout: Layout) -> dict[str, Any]:
    """Content of the pointer: ``snapshot`` (a file name), ``blake2b`` and, after a rollback, ``rollback``.

    Raises
    ------
    NothingPublishedError
        If there is no pointer.
    DamagedError
        If it holds anything else.
    """
    try:
        found = read_json(layout.pointer)
        if Path(str(found["snapshot"])).name != found["snapshot"] or not isinstance(found["blake2b"], str):
            raise ValueError
    except FileNotFoundError as error:
        raise NothingPublishedError(
            say("Nothing has been published in {folder} yet.", folder=layout.folder),
            say("Run 'issuemine run INPUT' first, or name another folder with --warehouse."),
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(
            say("{path} does not say which snapshot is served.", path=layout.pointer)
        ) from error
    return found


def served(layout: Layout) -> str | None:
    """Id of the run whose snapshot is served; None when the pointer does not say."""
    try:
        return Path(pointed(layout)["snapshot"]).stem
    except (NothingPublishedError, DamagedError):
        return None


def card(layout: Layout, run_id: str) -> dict[str, Any]:
    """What was known of a run's snapshot when it was published; empty when that is lost."""
    try:
        return read_json(layout.card(run_id))
    except (OSError, ValueError):
        return {}


def kept(layout: Layout) -> list[str]:
    """Ids of the runs whose snapshots are there, newest first."""
    return sorted((path.stem for path in layout.snapshots.glob("*.duckdb")), reverse=True)


def is_sound(layout: Layout, run_id: str) -> bool:
    """Whether a snapshot is, byte for byte, the one that was published."""
    try:
        return digest(layout.snapshot(run_id)) == card(layout, run_id).get("blake2b")
    except OSError:
        return False


def newest_sound(layout: Layout, but: str | None = None) -> str | None:
    """Newest run with a sound snapshot other than the one that is known to be damaged."""
    return next((run for run in kept(layout) if run != but and is_sound(layout, run)), None)


def advice(sound: str | None) -> str:
    """What to do about a pointer or snapshot that is damaged, when that run's is sound."""
    if sound is not None:
        return say("An earlier one is sound: serve it with 'issuemine rollback {run}'.", run=sound)
    return say("Run again to publish a new one, or restore a backup with 'issuemine restore'.")


@contextmanager
def switching(layout: Layout) -> Iterator[None]:
    """Hold the pointer still while it is moved or snapshots are deleted."""
    with FileLock(layout.switch, timeout=_SWITCH_SECONDS):
        yield


def point(layout: Layout, run_id: str, blake2b: str, rollback: Mapping[str, Any] | None = None) -> None:
    """Have a snapshot served from now on."""
    content: dict[str, Any] = {"snapshot": layout.snapshot(run_id).name, "blake2b": blake2b}
    write_json(layout.pointer, content | ({"rollback": rollback} if rollback else {}))


def roll_back(layout: Layout, run_id: str, now: datetime) -> None:
    """Serve an earlier snapshot again, once its digest is checked. The next run's publish moves on.

    Raises
    ------
    SettingsError
        If there is no such snapshot; names those that there are.
    DamagedError
        If it is not what was published.
    """
    with switching(layout):
        there = kept(layout)
        if run_id not in there:
            raise SettingsError(
                say("There is no snapshot of run {run}.", run=run_id),
                say("There are: {runs}.", runs=", ".join(there)) if there else say("There are none."),
            )
        if not is_sound(layout, run_id):
            raise DamagedError(
                say("The snapshot {path} is damaged.", path=layout.snapshot(run_id)),
                advice(newest_sound(layout, run_id)),
            )
        note = {"from": served(layout), "at": now}
        point(layout, run_id, card(layout, run_id)["blake2b"], note)


def prune(layout: Layout, settings: StoreSettings, now: datetime) -> None:
    """Delete snapshots that are too many or too old; a reader that holds one open keeps reading it."""
    current = served(layout)
    for place, run_id in enumerate(kept(layout)):
        old = settings.keep_days is not None and _age(layout, run_id, now) > timedelta(settings.keep_days)
        if run_id != current and (place >= settings.keep_snapshots or old):
            layout.snapshot(run_id).unlink()
            layout.card(run_id).unlink(missing_ok=True)


def named_by_kept(layout: Layout, name: str) -> set[str] | None:
    """What cards of kept snapshots name, as ``vectors`` or ``encoders``, together; None if a card is lost.

    A card of an earlier version names nothing.
    """
    cards = [card(layout, run_id) for run_id in kept(layout)]
    return {str(item) for known in cards for item in known.get(name, ())} if all(cards) else None


def _age(layout: Layout, run_id: str, now: datetime) -> timedelta:
    try:
        published = datetime.fromisoformat(card(layout, run_id)["published_at"])
    except (KeyError, ValueError):
        published = datetime.fromtimestamp(layout.snapshot(run_id).stat().st_mtime, UTC)
    return now - published
