"""A real browser on a real service over the mined sample."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.conftest import Mined
from tests.pipelines.serving import serving

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHOTS = Path(__file__).parent.parent.parent / "var" / "screenshots"
"""Where pictures of the pages are kept; git ignores it."""


@dataclass
class Visit:
    """A page and what happened on it: requests to elsewhere, complaints of the browser, bytes."""

    page: Page
    address: str
    strange: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> "Visit":
        self.page.goto(self.address + path)
        return self

    def shot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    path = next(found, None)
    assert path is not None, "the pages are tested in Chromium: make browser installs it"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def warehouse_folder(mined: Mined, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the mined sample, in which things may be said of topics."""
    folder = tmp_path_factory.mktemp("web") / "var"
    shutil.copytree(mined.warehouse, folder)
    return folder


@pytest.fixture(scope="session")
def snapshot(warehouse_folder: Path) -> Snapshot:
    return Snapshots(Layout(warehouse_folder)).current()


@pytest.fixture(scope="session")
def largest(snapshot: Snapshot) -> str:
    """The topic that the list shows first."""
    rows = snapshot.database.table("read/topic_labels").to_pylist()
    return str(rows[0]["topic_id"])


@pytest.fixture(scope="session")
def address(warehouse_folder: Path) -> Iterator[str]:
    with serving(warehouse_folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Open a page of the service in a fresh browser profile; whatever is amiss fails the test."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_page(path: str = "/", **options: object) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        made = Visit(context.new_page(), address)
        visits.append(made)
        host = urlsplit(address).netloc
        context.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc == host or request.url.startswith(("data:", "blob:"))
                else made.strange.append(request.url)
            ),
        )
        made.page.on(
            "console",
            lambda message: (
                made.complaints.append(message.text)
                if message.type in ("error", "warning", "trace") and "status of 4" not in message.text
                else None
            ),
        )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made.go(path)

    yield open_page
    for context in contexts:
        context.close()
    for made in visits:
        assert made.strange == []
        assert made.complaints == []
