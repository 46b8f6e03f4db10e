"""Services over a small published snapshot, with keys of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.records_access import Role
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, keys, open_operational
from tests.pipelines.snapshots import publish_by_hand


@dataclass
class World:
    """A service and what may be sent to it."""

    layout: Layout
    client: TestClient
    store: Operational
    keys: dict[str, str]

    def by(self, name: str) -> dict[str, str]:
        """Headers of who holds a key."""
        return {"Authorization": f"Bearer {self.keys[name]}"}


@contextmanager
def world(folder: Path, settings: Settings | None = None) -> Iterator[World]:
    """A service with a key of each role, one that has expired and one that was revoked."""
    layout = publish_by_hand(folder)
    settings = settings or Settings()
    now = datetime.now(UTC)
    with open_operational(layout, settings.store) as store:
        made = {str(role): keys.create(store, str(role), role, at=now)[0] for role in Role}
        ended = now - timedelta(seconds=1)
        made["expired"], _ = keys.create(store, "expired", Role.ADMIN, at=now, expires_at=ended)
        made["revoked"], kept = keys.create(store, "revoked", Role.ADMIN, at=now)
        keys.revoke(store, kept.key_id, now)
        app = create_app(layout.folder, settings)
        with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
            yield World(layout, client, store, made)
        app.state.operational.close()
