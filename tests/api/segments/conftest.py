"""A service over the mined sample whose operational store may be written to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.layout import Layout
from tests.conftest import Mined

EMAIL = {"fields": {"channel": ["email"]}}
KOREAN = {"fields": {"language": ["ko"], "channel": ["email", "chat"]}}


@pytest.fixture
def client(mined: Mined, tmp_path: Path) -> Iterator[TestClient]:
    """A client over the mined sample that may be written to."""
    layout = Layout(tmp_path)
    layout.create()
    for name in ("snapshots", "vectors", "models"):
        (tmp_path / name).rmdir()
        (tmp_path / name).symlink_to(mined.warehouse / name)
    with TestClient(create_app(tmp_path, Settings()), raise_server_exceptions=False) as client:
        yield client


def put(client: TestClient, name: str, content: dict[str, Any]) -> int:
    return client.put(f"/v1/segments/{name}", json=content).status_code
