"""Curation on the page of an issue, with and without keys."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from issuemine.config import Settings
from issuemine.curation.actions import KINDS
from issuemine.records_access import Role
from issuemine.store.layout import Layout
from issuemine.store.operational import keys, open_operational
from issuemine.store.snapshot import Snapshot
from tests.conftest import Mined
from tests.pipelines.serving import serving
from tests.web.conftest import Visit

Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def smaller(snapshot: Snapshot) -> list[str]:
    """Topics that other tests do not look at."""
    rows = snapshot.database.table("read/topic_labels").to_pylist()
    return [str(row["topic_id"]) for row in rows[3:]]


def form(page: Page, kind: str) -> None:
    """Open the part of the page where something is said."""
    page.locator("details.act", has=page.locator(f"[value={kind}]")).locator("summary").click()


def press(page: Page, kind: str) -> str:
    """Send a form; what the page answers."""
    page.locator(f"form:has([name=kind][value={kind}]) button, button[name=kind][value={kind}]").first.click()
    return page.locator("[role=status], [role=alert]").first.inner_text()


def test_everything_that_can_be_said_of_an_issue_is_said_on_its_page_and_undone(
    visit: Open, smaller: list[str]
) -> None:
    page = visit(f"/topics/{smaller[0]}").page
    heard = {}
    for kind in ("resolve", "archive", "reopen", "pin", "lock", "exclude_topic"):
        heard[kind] = press(page, kind)
    for kind, field, text in (
        ("rename", "label", "Charged two times"),
        ("merge", "into", smaller[1]),
        ("owner", "name", "Payments team"),
        ("ticket", "url", "https://tracker.example/PAY-42"),
        ("note", "text", "Seen since spring"),
    ):
        form(page, kind)
        page.locator(f"form:has([value={kind}]) [name={field}]").fill(text)
        heard[kind] = press(page, kind)
    for kind, target in (("split", "Another thing"), ("move", smaller[2]), ("exclude_mentions", "")):
        form(page, kind)
        page.locator("[name=mentions]").nth(len(heard) % 3).check()
        page.locator("[name=target]").fill(target)
        heard[kind] = press(page, kind)
    assert set(heard) | {"unlock", "unpin", "undo"} == set(KINDS)
    assert all(told.startswith("Noted: ") for told in heard.values()), heard
    assert "“Charged two times”" in heard["rename"]
    assert "Payments team" in heard["owner"]
    before = page.locator(".history li:not(.undone) [value=undo]").count()
    assert page.locator(".history [value=undo]").count() == before == len(heard)
    page.get_by_role("button", name=re.compile("Undo: .*Payments team")).click()
    expect(page.locator(".history li.undone")).to_have_count(1)
    expect(page.locator(".history li.undone")).to_contain_text("Payments team")


def test_what_does_not_fit_is_told_on_the_page_and_nothing_is_kept(visit: Open, smaller: list[str]) -> None:
    page = visit(f"/topics/{smaller[4]}").page
    form(page, "merge")
    page.locator("form:has([value=merge]) [name=into]").fill("T99999")
    assert "There is no topic T99999" in press(page, "merge")
    form(page, "split")
    assert "No passage is chosen" in press(page, "split")
    assert page.locator(".history [value=undo]").count() == 0


def test_a_page_elsewhere_cannot_say_anything(address: str, smaller: list[str]) -> None:
    told = httpx.post(
        f"{address}/topics/{smaller[4]}/curate",
        data={"kind": "resolve"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert told.status_code == 403


@pytest.fixture(scope="module")
def locked(mined: Mined, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A service with keys, and the keys."""
    layout = Layout(tmp_path_factory.mktemp("locked") / "var")
    shutil.copytree(mined.warehouse, layout.folder)
    with open_operational(layout, Settings().store) as store:
        made = {
            str(role): keys.create(store, str(role), role, at=datetime.now(UTC))[0]
            for role in (Role.READER, Role.CURATOR)
        }
    with serving(layout.folder) as address:
        yield address, made


@pytest.mark.parametrize("role", ["reader", "curator"])
def test_who_signs_in_comes_back_to_the_page_and_sees_what_the_role_may_do(
    browser: Browser, locked: tuple[str, dict[str, str]], role: str
) -> None:
    address, made = locked
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/runs?lang=en")
        expect(page.locator("h1")).to_have_text("Sign in")
        page.get_by_label("Key").fill("no such key")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("[role=alert]")).to_contain_text("not known")
        page.get_by_label("Key").fill(made[role])
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("h1")).to_have_text("Runs and health")
        expect(page.locator(".open")).to_have_count(0)
        page.goto(f"{address}/topics/T1")
        expect(page.locator("#curate")).to_have_count(1 if role == "curator" else 0)
        if role == "curator":
            assert press(page, "pin").startswith("Noted: ")
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("h1")).to_have_text("Sign in")
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Sign in")


def test_before_the_first_run_the_page_says_what_to_run(browser: Browser, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "var")
    layout.create()
    with serving(layout.folder) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Nothing is mined yet")
        expect(page.locator("pre")).to_contain_text("make run")


@pytest.mark.parametrize(("kind", "status"), [("note", 303), ("split", 422)])
def test_what_is_chosen_stays_chosen_when_something_is_said(
    address: str, smaller: list[str], kind: str, status: int
) -> None:
    chosen = {"lang": "ko", "days": "30", "language": "en", "version": "5 & 2/x", "attribute": "plan:a=b"}
    path = f"/topics/{smaller[5]}"
    page = HTMLParser(httpx.get(address + path, params=chosen, timeout=60).text)
    actions = {form.attributes["action"] for form in page.css(".curate form")}
    assert len(actions) == 1
    said = httpx.post(address + str(*actions), data={"kind": kind, "text": "Seen"}, timeout=60)
    assert said.status_code == status
    if status == 303:
        back = httpx.URL(said.headers["location"])
        assert (back.path, back.fragment) == (path, "curate")
        assert dict(back.params) == chosen | {"done": back.params["done"]}
    else:
        days = HTMLParser(said.text).css_first("select[name=days] option[selected]")
        assert days.attributes["value"] == "30"
