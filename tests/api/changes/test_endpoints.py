"""``/v1/changes``: entries are kept, listed, and told off where they make no sense."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.operational import changes as entries
from issuemine.store.operational import writes

OUTAGE = {"kind": "outage", "name": "Login", "start": "2026-03-02", "end": "2026-03-03"}
RELEASE = {"name": "5.2", "start": "2026-03-05", "scope": {"platform": "Android", "version": "5.2"}}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tmp_path, Settings()), raise_server_exceptions=False) as client:
        yield client


def test_reading_a_log_that_nobody_has_begun_makes_no_file(empty: TestClient, tmp_path: Path) -> None:
    assert empty.get("/v1/changes").json() == {"changes": [], "next_cursor": None}
    assert list(tmp_path.iterdir()) == []


def test_an_entry_is_kept_and_listed_the_newest_first(empty: TestClient) -> None:
    first, second = (empty.post("/v1/changes", json=entry) for entry in (OUTAGE, RELEASE))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == {"event_id": 2, "kind": "release", "note": "", "end": "2026-03-05"} | RELEASE
    assert empty.get("/v1/changes").json() == {
        "changes": [second.json(), first.json()],
        "next_cursor": None,
    }


def test_the_same_entry_is_kept_once(empty: TestClient) -> None:
    first, again = empty.post("/v1/changes", json=OUTAGE), empty.post("/v1/changes", json=OUTAGE)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(empty.get("/v1/changes").json()["changes"]) == 1


def test_the_log_is_filtered_and_paged(empty: TestClient) -> None:
    for entry in (OUTAGE, RELEASE):
        empty.post("/v1/changes", json=entry)

    def names(query: str) -> list[str]:
        return [change["name"] for change in empty.get(f"/v1/changes?{query}").json()["changes"]]

    assert names("kind=outage") == ["Login"]
    assert names("first=2026-03-03&last=2026-03-04") == ["Login"]
    assert names("first=2026-03-04") == ["5.2"]
    page = empty.get("/v1/changes?limit=1").json()
    assert names(f"limit=1&cursor={page['next_cursor']}") == ["Login"]


def test_a_page_goes_on_behind_an_entry_that_was_removed_meanwhile(empty: TestClient) -> None:
    for name in ("first", "second", "third"):
        empty.post("/v1/changes", json=OUTAGE | {"name": name})
    page = empty.get("/v1/changes?limit=2").json()
    last = page["changes"][-1]
    entries.remove(
        empty.app.state.operational.open(),  # type: ignore[attr-defined]
        last["event_id"],
        at=datetime.now(UTC),
        author="ann",
    )
    rest = empty.get(f"/v1/changes?limit=2&cursor={page['next_cursor']}").json()
    assert (last["name"], [change["name"] for change in rest["changes"]]) == ("second", ["first"])
    assert rest["next_cursor"] is None


def test_no_text_is_kept_unredacted(empty: TestClient) -> None:
    mail = "kim@example.com"
    told = {"kind": mail, "name": mail, "scope": {mail: "x", "version": mail}, "note": f"ask {mail}"}
    answer = empty.post("/v1/changes", json=OUTAGE | told).json()
    assert (answer["kind"], answer["name"], answer["note"]) == ("<EMAIL>", "<EMAIL>", "ask <EMAIL>")
    assert answer["scope"] == {"<EMAIL>": "x", "version": "<EMAIL>"}
    assert empty.get("/v1/changes").json()["changes"] == [answer]


def test_the_audit_log_names_the_entry_and_none_of_its_texts(empty: TestClient) -> None:
    entered = empty.post("/v1/changes", json=OUTAGE | {"kind": "Kim's idea"}).json()
    (noted, *_) = writes.audit(empty.app.state.operational.open())  # type: ignore[attr-defined]
    assert (noted.route, noted.changed) == ("/v1/changes", {"change": entered["event_id"]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": "2026-03-01"},
        {"name": "  "},
        {"start": "soon"},
        {"scope": {"platform": ""}},
        {"scope": {str(number): "x" for number in range(6)}},
        {"surprise": 1},
    ],
)
def test_an_entry_that_makes_no_sense_is_a_problem(empty: TestClient, wrong: dict[str, object]) -> None:
    answer = empty.post("/v1/changes", json=OUTAGE | wrong)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert empty.get("/v1/changes").json()["changes"] == []


def test_where_nothing_can_be_kept_that_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with TestClient(create_app(tmp_path / "file", Settings()), raise_server_exceptions=False) as client:
        answer = client.post("/v1/changes", json=OUTAGE)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
