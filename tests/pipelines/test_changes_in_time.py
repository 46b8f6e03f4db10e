"""A change log that is entered by hand, lined up by a night, and told by the command line and the service."""

import json
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.cli import app
from pipelines.nightly import nightly
from pipelines.progress import Silent
from tests.conftest import Mined

BEGAN = "2026-06-19"
SCOPE = ("--scope", "platform=android", "--scope", "version=5.2.0")


def run(warehouse: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--warehouse", str(warehouse)])


def told(warehouse: Path, *words: str) -> str:
    done = run(warehouse, *words)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def warehouse(mined: Mined, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mined sample with a change log, after one more night."""
    folder = tmp_path_factory.mktemp("changes") / "var"
    shutil.copytree(mined.warehouse, folder)
    told(folder, "changes", "add", "New checkout", "--start", BEGAN, "--note", "Pay with one click")
    told(folder, "changes", "add", "5.2.0", "--start", BEGAN, *SCOPE)
    nightly([], Settings(), folder, as_of=None, reporter=Silent(), alerts=False)
    return folder


@pytest.fixture(scope="module")
def charges(warehouse: Path) -> str:
    """The topic of the sample that begins within it."""
    rows = Snapshots(Layout(warehouse)).current().database.table("read/every/topics").to_pylist()
    return next(row["topic_id"] for row in rows if row["label"] == "Charge twice")


def test_the_change_with_which_a_topic_began_is_its_candidate(
    mined: Mined, warehouse: Path, charges: str
) -> None:
    events = (mined.sample.parent / "events.csv").read_text(encoding="utf-8")
    assert f"{BEGAN},starts,double_charge" in events
    (point,) = json.loads(told(warehouse, "why", charges, "--json"))["changes"]
    assert point["first"] <= BEGAN <= point["last"]
    assert (point["before_records"], point["strength"]) == (0, "strong")
    best, *others = point["candidates"]
    assert (best["name"], best["kind"], best["note"]) == ("New checkout", "release", "Pay with one click")
    assert best["placebo"] < 0.1
    assert [each["name"] for each in others] == ["5.2.0"]
    assert best["fit"] > others[0]["fit"]
    assert best["sentence"] in told(warehouse, "why", charges)


def test_scopes_are_told_by_the_records_that_have_them(warehouse: Path, charges: str) -> None:
    (point,) = json.loads(told(warehouse, "why", charges, "--json"))["changes"]
    scoped = [each for each in point["candidates"] if each["scope"]]
    assert [each["scope"] for each in scoped] == [{"platform": "android", "version": "5.2.0"}]
    assert 0 < scoped[0]["scope_share"] < 0.9


def test_the_service_tells_the_same(warehouse: Path, charges: str) -> None:
    printed = json.loads(told(warehouse, "why", charges, "--json"))
    with TestClient(create_app(warehouse, Settings())) as client:
        served = client.get(f"/v1/topics/{charges}/causes").json()
        korean = client.get(f"/v1/topics/{charges}/causes", headers={"Accept-Language": "ko"}).json()
        entered = client.get("/v1/changes").json()["changes"]
    assert served["changes"] == printed["changes"]
    assert served["changes_message"] == printed["changes_message"]
    assert "기록이 나옵니다" in korean["changes"][0]["sentence"]
    assert [change["name"] for change in entered] == ["5.2.0", "New checkout"]


def test_a_file_is_taken_in_and_what_cannot_be_used_is_told(warehouse: Path, tmp_path: Path) -> None:
    file, folder = tmp_path / "log.csv", tmp_path / "var"
    file.write_text("version,date,owner\n1.0,2026-01-05,x\n1.1,soon,y\n1.2,2026-02-01,z\n", encoding="utf-8")
    printed = told(folder, "changes", "import", str(file))
    assert "2 changes added, 0 known already, 1 rows rejected" in printed
    assert f"{file}, row 2, date: is no date." in printed
    assert "Left out: owner." in printed
    again = json.loads(told(folder, "changes", "import", str(file), "--json"))
    assert (again["added"], again["known"], again["rejects"][0]["row"]) == (0, 2, 2)
    assert [row["name"] for row in json.loads(told(folder, "changes", "list", "--json"))] == ["1.0", "1.2"]


def test_no_text_is_kept_unredacted_whichever_way_it_comes_in(tmp_path: Path) -> None:
    mail, file = "kim@example.com", tmp_path / "log.csv"
    file.write_text(f"version,date,type,country\n{mail},2026-01-05,{mail},{mail}\n", encoding="utf-8")
    scopes = ("--scope", f"version={mail}", "--scope", f"{mail}=x")
    told(tmp_path, "changes", "import", str(file), "--scope", "country")
    told(tmp_path, "changes", "add", mail, "--start", "2026-01-06", "--kind", mail, *scopes)
    kept = told(tmp_path, "changes", "list", "--json")
    first, second = json.loads(kept)
    assert mail not in kept
    assert first["scope"] == {"country": "<EMAIL>", "version": "<EMAIL>"}
    assert second["scope"] == {"<EMAIL>": "x", "version": "<EMAIL>"}


def test_an_entry_is_removed_and_brought_again(tmp_path: Path) -> None:
    assert "Entry 1: outage 'Login'" in told(
        tmp_path, "changes", "add", "Login", "--kind", "outage", "--start", "2026-03-01"
    )
    told(tmp_path, "changes", "remove", "1")
    assert "empty" in told(tmp_path, "changes", "list")
    told(tmp_path, "changes", "remove", "2")
    assert "Login" in told(tmp_path, "changes", "list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "x", "--start", "2026-03-02", "--end", "2026-03-01"), "end"),
        (("add", "x", "--start", "2026-03-02", "--scope", "android"), "name=value"),
        (("import", "nowhere.csv"), "nowhere.csv"),
        (("remove", "7"), "no entry 7"),
    ],
)
def test_what_cannot_be_kept_is_told(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in str(run(tmp_path, "changes", *words).exception)
