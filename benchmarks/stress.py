"""Incidents under other circumstances: small feeds, mixed languages, slow growth, no scores.

Each case is a history with one or two incidents, made of real reviews (re-dated, thinned, mixed;
``--data``) or of the sample, and lived through by ``issuemine backtest`` around them. Printed are days late,
alerts a week, and what was told. Bars: every incident within two days, at most one alert a week, one in two
weeks on small feeds. Run ``python -m benchmarks.stress [CASE ...] [--data ../shared/data]``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import orjson
import pandas as pd

from benchmarks.discovery_data import DATA
from issuemine.sample import write_sample

CRASH = ("2020-07-28", "2020-08-05", "crash|open|work|load|launch|start|close")
OUTAGE = ("2021-01-25", "2021-01-29", "서버|접속|오류|에러|로그인|점검")
SAVINGS = ("2022-02-21", "2022-02-27", "청년|적금|희망|지연|대기|이용자")
PARKING = ("2026-06-10", "2026-06-16", "주차|parking|gate|차단기")
_PARKING = (
    "주차장 차단기가 차량 번호를 못 읽어서 열리지 않아요",
    "주차 차단기 앞에서 20분째 기다리고 있습니다",
    "등록한 차인데 주차장 차단기가 안 올라갑니다",
    "차단기가 번호판을 인식하지 못해 주차를 못 했어요",
    "The parking gate does not open for my registered car",
    "Parking gate cannot read my number plate",
    "Stuck in front of the parking gate, the plate is not recognised",
    "The barrier of the car park stays closed",
)


@dataclass(frozen=True)
class Case:
    """A history, its incidents, the nights that are lived through, and most alerts a week."""

    rows: pd.DataFrame
    truth: tuple[tuple[str, str, str], ...]
    first: str
    last: str
    most: float


def _reviews(data: Path, name: str, share: float = 1.0, seed: int = 0) -> pd.DataFrame:
    rows = pd.read_csv(data / f"{name}.csv", dtype={"review_id": str})
    rows["date"] = pd.to_datetime(rows["date"])
    return rows.sample(frac=share, random_state=seed).sort_values("date") if share < 1 else rows


def _teams(data: Path, share: float, seed: int = 0) -> Case:
    rows = _reviews(data, "teams_reviews", share, seed)
    return Case(rows, (CRASH,), "2020-05-15", "2020-08-20", 1.0 if share > 0.5 else 0.5)


def _outage(data: Path, share: float, seed: int = 0) -> Case:
    rows = _reviews(data, "shinhan_reviews_ko", share, seed)
    return Case(rows, (OUTAGE,), "2020-07-01", "2021-02-20", 0.5)


def _savings(data: Path, share: float, seed: int = 0) -> Case:
    rows = _reviews(data, "shinhan_reviews_ko", share, seed)
    return Case(rows, (SAVINGS,), "2021-09-01", "2022-03-10", 0.5)


def _mixed(data: Path, _: float, __: int = 0) -> Case:
    """One file of both apps and languages; a third of the larger."""
    rows = pd.concat([_reviews(data, "teams_reviews", 0.33), _reviews(data, "shinhan_reviews_ko")])
    return Case(rows.sort_values("date"), (CRASH, OUTAGE), "2020-06-15", "2021-02-10", 1.0)


def _growing(data: Path, _: float, seed: int = 0) -> Case:
    """The outage comes over four days instead of at once."""
    rows = _reviews(data, "shinhan_reviews_ko")
    there = rows.index[(rows["date"] >= "2021-01-25") & (rows["date"] < "2021-01-27")]
    days = np.random.default_rng(seed).choice(4, size=len(there), p=(0.1, 0.2, 0.3, 0.4))
    rows.loc[there, "date"] = pd.Timestamp("2021-01-25") + pd.to_timedelta(days, unit="D")
    truth = (("2021-01-25", "2021-02-02", OUTAGE[2]),)
    return Case(rows.sort_values("date"), truth, "2020-07-01", "2021-02-20", 0.5)


def _without_scores(data: Path, _: float, seed: int = 0) -> Case:
    """Ten reviews a day without a score."""
    rows = _reviews(data, "teams_reviews", 0.7, seed).drop(columns="rating")
    return Case(rows, (CRASH,), "2020-05-15", "2020-08-20", 0.5)


def _busy(data: Path, _: float, seed: int = 0) -> Case:
    """Ninety reviews a day over eleven weeks, a tenth of one day's crash among them."""
    rows = _reviews(data, "teams_reviews")
    crash = (rows["date"] >= "2020-07-28") & (rows["date"] < "2020-08-04")
    usual, told = rows[~crash].sample(frac=0.75, random_state=seed).copy(), rows[crash].copy()
    days = np.random.default_rng(seed).integers(77, size=len(usual))
    usual["date"] = pd.Timestamp("2026-04-01") + pd.to_timedelta(days, unit="D")
    told["date"] = told["date"].dt.normalize() + (pd.Timestamp("2026-06-10") - pd.Timestamp("2020-07-28"))
    truth = (("2026-06-10", "2026-06-17", CRASH[2]),)
    return Case(pd.concat([usual, told]).sort_values("date"), truth, "2026-05-15", "2026-06-16", 1.0)


def _unheard(_: Path, __: float, seed: int = 0) -> Case:
    """Tickets in two languages; on two days some speak of what nobody spoke of before."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_sample(Path(folder), days=120, per_day=20, seed=5 + seed)
        lines = written.path.read_bytes().splitlines()
    rows = pd.DataFrame([orjson.loads(line) for line in lines])
    planted = [
        {
            "ticket_id": f"P-{at}",
            "created_at": f"{date(2026, 6, 10) + timedelta(days=at // 6)}T09:{at:02d}:00+00:00",
            "body": _PARKING[at % len(_PARKING)] + ("" if at < len(_PARKING) else "."),
            "customer_id": f"P-{at}",
        }
        for at in range(12)
    ]
    return Case(pd.concat([rows, pd.DataFrame(planted)]), (PARKING,), "2026-05-01", "2026-06-24", 1.0)


CASES: dict[str, tuple[Callable[[Path, float, int], Case], float]] = {
    "outage": (_outage, 1.0),
    "outage, a third": (_outage, 1 / 3),
    "outage, a tenth": (_outage, 0.1),
    "savings, a third": (_savings, 1 / 3),
    "savings, a tenth": (_savings, 0.1),
    "crash, a third": (_teams, 1 / 3),
    "crash, a tenth": (_teams, 0.1),
    "growing over four days": (_growing, 1.0),
    "two apps in one file": (_mixed, 1.0),
    "without scores": (_without_scores, 1.0),
    "busy": (_busy, 1.0),
    "unheard of": (_unheard, 1.0),
}


def run(name: str, data: Path, seed: int) -> None:
    """Live through one case and print what was told."""
    make, share = CASES[name]
    case = make(data, share, seed)
    with tempfile.TemporaryDirectory() as folder:
        file, truth = Path(folder) / "history.jsonl", Path(folder) / "truth.csv"
        rows = case.rows.copy()
        if "date" in rows:
            rows["date"] = rows["date"].dt.strftime("%Y-%m-%dT%H:%M:%S")
        rows.to_json(file, orient="records", lines=True, force_ascii=False)
        pd.DataFrame(case.truth, columns=["start", "end", "pattern"]).to_csv(truth, index=False)
        command = [
            sys.executable,
            "-m",
            "pipelines.cli",
            "backtest",
            str(file),
            "--truth",
            str(truth),
            "--json",
        ]
        command += ["--from", case.first, "--to", case.last]
        done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    found = orjson.loads(done.stdout)
    late = [incident["delay_days"] for incident in found["incidents"]]
    good = all(days is not None and days <= 2 for days in late) and found["alerts_per_week"] <= case.most
    print(
        f"{'ok  ' if good else 'MISS'} {name}, seed {seed}: {len(case.rows):,} records, days late {late}, "
        f"{found['alerts_per_week']:.2f} alerts a week (bar {case.most}), precision {found['precision']}",
        flush=True,
    )
    for alert in found["alerts"]:
        print(
            f"       {alert['day']} {alert['label']}  {alert['observed']} of {alert['expected']:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", choices=[*CASES, []], help="default: all")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if not (asked.data / "teams_reviews.csv").is_file():
        raise SystemExit(f"{asked.data} holds no reviews; name the folder with --data.")
    for chosen in asked.cases or CASES:
        run(chosen, asked.data, asked.seed)
