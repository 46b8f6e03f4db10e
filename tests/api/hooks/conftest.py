"""A service that helpdesks send events to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from issuemine.config import Settings
from tests.api.hooks.signing import hooks
from tests.api.worlds import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "var", Settings(hooks=hooks())) as made:
        yield made
