"""Active users, orders or visits from a file: what counts are out of, where it is known."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from issuemine.errors import SettingsError
from issuemine.trends.exposure import out_of, read_exposure
from issuemine.trends.surveillance import judge

DAYS = np.arange(np.datetime64("2026-01-01"), np.datetime64("2026-01-11"))


def written(folder: Path, text: str) -> Path:
    file = folder / "users.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_only_other_column_is_the_value_and_blank_rows_tell_nothing(tmp_path: Path) -> None:
    file = written(
        tmp_path, '\ufeffDate,Active users\n2026-01-01,"12,500"\n2026-01-02 00:00:00,\n2026-01-03,7\n'
    )
    assert read_exposure(file) == {(None, date(2026, 1, 1)): 12_500, (None, date(2026, 1, 3)): 7}


def test_sources_have_values_of_their_own(tmp_path: Path) -> None:
    file = written(
        tmp_path, "source,value,note,date\nios,5,a,2026-01-01\nandroid,9,b,2026-01-01\n,3,,2026-01-02\n"
    )
    day = date(2026, 1, 1)
    assert read_exposure(file) == {("ios", day): 5, ("android", day): 9, (None, date(2026, 1, 2)): 3}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("day,value\n2026-01-01,1\n", "no column date"),
        ("date,users,orders\n2026-01-01,1,2\n", "called value"),
        ("date,value\n2026-01-01,1\n01/02/2026,1\n", "row 3: the date"),
        ("date,value\n2026-01-01,many\n", "row 2: the value is not a number"),
        ("date,value\n2026-01-01,-4\n", "row 2: the value must be above 0"),
        ("date,value\n2026-01-01,nan\n", "row 2: the value must be above 0"),
        ("date,value\n2026-01-01,1\n2026-01-01,2\n", "row 3: the day was given before"),
    ],
)
def test_what_cannot_be_used_is_told_with_file_row_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as told:
        read_exposure(written(tmp_path, text))
    assert "users.csv" in told.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FileNotFoundError"):
        read_exposure(tmp_path / "none.csv")


def test_values_come_on_the_scale_of_records_and_other_days_keep_theirs() -> None:
    records = np.full((2, 10), 20.0)
    told = {("app", day): 5_000.0 for day in DAYS[:8].tolist()} | {("app", DAYS[9].item()): 10_000.0}
    base, known = out_of(told, ["app", "web"], DAYS, records)
    assert base[0].tolist() == [20.0] * 9 + [40.0]
    assert base[1].tolist() == [20.0] * 10
    assert np.flatnonzero(~known[0]).tolist() == [8]
    assert not known[1].any()


def test_a_missing_day_stays_missing_and_a_silent_one_is_a_zero_out_of_many() -> None:
    records = np.array([[4.0, np.nan, 0.0, 4.0]])
    told = {(None, day): 100.0 for day in DAYS[:4].tolist()}
    base, known = out_of(told, ["app"], DAYS[:4], records)
    assert base[0].tolist() == [2.0, 0.0, 2.0, 2.0]
    assert known[0].tolist() == [True, False, True, True]


def test_twice_the_users_explain_twice_the_records_which_records_alone_do_not() -> None:
    days = np.arange(np.datetime64("2025-01-01"), np.datetime64("2025-09-01"))
    rng = np.random.default_rng(0)
    users = np.where(rng.random(days.size) < 0.1, 80_000.0, 40_000.0)
    users[-1] = 80_000.0
    others = rng.poisson(30, days.size).astype(float)
    counts = rng.poisson(users / 4_000).astype(float)
    counts[-1] = 20.0
    told = {(None, day): value for day, value in zip(days.tolist(), users, strict=True)}
    base, _ = out_of(told, ["app"], days, others[None])
    assert judge(counts, base, days).p_day[0] > 0.2
    assert judge(counts, others, days).p_day[0] < judge(counts, base, days).p_day[0]
    counts[-1] = 45.0
    assert judge(counts, base, days).p_day[0] < 0.001
