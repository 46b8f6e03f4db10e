"""Change logs as people write them."""

from datetime import date
from pathlib import Path

import pytest

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.changelog import ChangeFile, read_changes
from issuemine.ingest.changelog_entry import change
from issuemine.records_changes import Change


def read(tmp_path: Path, text: str, *scope: str, **settings: str) -> ChangeFile:
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return read_changes(path, IngestSettings(**settings), scope)  # type: ignore[arg-type]


def test_a_release_log_needs_no_more_than_versions_and_dates(tmp_path: Path) -> None:
    file = read(tmp_path, "version,date,release\n1.0.5,2017-01-18,Bug fixes\n1.0.6,2017-01-24,More\n")
    day = date(2017, 1, 18)
    assert file.changes[0] == Change("release", "1.0.5", day, day, {"version": "1.0.5"}, "Bug fixes")
    assert (len(file.changes), file.rejects, file.left_out) == (2, [], [])


def test_all_that_can_be_said_is_read(tmp_path: Path) -> None:
    text = (
        "Start,End,Type,Title,OS,Version,scope.country,team,url\n"
        "2026-03-02,2026-03-04,Incident,Login fails,Android,5.2,KR,ID,https://status.example\n"
    )
    (found,) = (file := read(tmp_path, text, "team")).changes
    assert (found.kind, found.name) == ("outage", "Login fails")
    assert (found.start, found.end) == (date(2026, 3, 2), date(2026, 3, 4))
    assert found.scope == {"platform": "Android", "version": "5.2", "country": "KR", "team": "ID"}
    assert file.left_out == ["url"]


def test_korean_logs_are_read(tmp_path: Path) -> None:
    text = "시작일,종료일,종류,제목,플랫폼\n2026. 3. 2.,2026. 3. 3.,장애,로그인 안 됨,안드로이드\n"
    (found,) = read(tmp_path, text).changes
    assert (found.kind, found.name, found.scope) == ("outage", "로그인 안 됨", {"platform": "안드로이드"})
    assert (found.start, found.end) == (date(2026, 3, 2), date(2026, 3, 3))


def test_bad_rows_are_told_by_place_and_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = (
        "date,end,name\n2026-03-02,,good\nsoon,,secret\n,,nothing\n2026-03-05,2026-03-01,backwards\n"
        f"2026-03-06,,\n2026-03-07,,{'x' * 201}\n2026-03-08,,good too\n"
    )
    file = read(tmp_path, text)
    assert [found.name for found in file.changes] == ["good", "good too"]
    assert [(row, column) for row, column, _ in file.rejects] == [
        (2, "date"),
        (3, "date"),
        (4, "end"),
        (5, "name"),
        (6, "name"),
    ]
    assert all("secret" not in reason for _, _, reason in file.rejects)


def test_a_day_that_leads_is_read_as_the_column_shows_it(tmp_path: Path) -> None:
    file = read(tmp_path, "date,name\n05/03/2026,a\n25/03/2026,b\n")
    assert file.changes[0].start == date(2026, 3, 5)
    declared = read(tmp_path, "date,name\n05/03/2026,a\n", date_order="mdy")
    assert declared.changes[0].start == date(2026, 5, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [("name,kind\na,b\n", "start"), ("date,kind\n2026-01-01,b\n", "name"), ("", "empty")],
)
def test_a_file_without_dates_or_names_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(IngestError, match=said):
        read(tmp_path, text)


def test_a_scope_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="country"):
        read(tmp_path, "date,name\n2026-01-01,a\n", "country")


def test_an_entry_by_hand_is_checked_alike() -> None:
    with pytest.raises(IngestError, match="end"):
        change("outage", "x", date(2026, 3, 2), date(2026, 3, 1))
    assert change("배포", " a  b ", date(2026, 3, 2)).kind == "release"


def test_fields_of_records_are_scopes_in_any_case_and_attributes_as_written(tmp_path: Path) -> None:
    found = change(
        "release", "x", date(2026, 3, 2), scope={" Platform": "Android", "SOURCE": "app", "Team": "ID"}
    )
    assert found.scope == {"platform": "Android", "source": "app", "Team": "ID"}
    (read_one,) = read(tmp_path, "date,name,Platform\n2026-03-02,x,Android\n", "Platform").changes
    assert read_one.scope == {"platform": "Android"}
