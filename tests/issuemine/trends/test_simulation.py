"""The simulation studies: their series, their measures, and what they show."""

import numpy as np
import pytest
from typer.testing import CliRunner

from issuemine.config import DetectSettings
from issuemine.trends.simulation import study
from issuemine.trends.simulation.daily import SIGNALS, daily_series
from issuemine.trends.simulation.rivals import ears_c1, ears_c2, ears_c3, z_score
from issuemine.trends.simulation.scores import scores
from issuemine.trends.simulation.simulated import Simulated
from issuemine.trends.simulation.study import simulation_study
from issuemine.trends.simulation.weekly import overdispersed, weekly_series
from pipelines.cli import app


def test_weekly_series_are_those_of_the_design() -> None:
    made = weekly_series(per_scenario=2, seed=3)
    assert made.counts.shape == (56, 624)
    begins = (made.outbreak > 0).argmax(axis=1)[made.outbreak.any(axis=1)] + 1
    assert begins.min() >= 576
    assert not made.other[:, :312].any()
    assert (made.counts >= made.outbreak + made.other).all()
    plain = made.counts[-2:, :300]
    assert plain.mean() == pytest.approx(np.exp(5), rel=0.03)


def test_counts_have_the_dispersion_asked_for() -> None:
    rng = np.random.default_rng(1)
    for phi in (1.0, 1.5, 5.0):
        counts = overdispersed(rng, np.full(100_000, 4.0), phi)
        assert counts.mean() == pytest.approx(4.0, rel=0.03)
        assert counts.var() / counts.mean() == pytest.approx(phi, rel=0.05)


def test_the_same_seed_gives_the_same_series_and_another_gives_others() -> None:
    one, same, other = (daily_series(per_signal=1, seed=seed).counts for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_daily_series_are_those_of_the_design() -> None:
    made = daily_series(per_signal=2, seed=3)
    assert made.counts.shape == (32, 7 * 364)
    assert not made.outbreak[:, : -made.tested].any()
    assert made.holidays is not None
    weekend = np.arange(7 * 364) % 7 >= 5
    working = np.repeat([signal.week_length == 5 for signal in SIGNALS], 2)
    assert not made.counts[np.ix_(working, weekend)].any()
    assert not made.counts[np.ix_(working, made.holidays)].any()
    assert made.counts[~working][:, made.holidays].mean() > 1.5 * made.counts[~working][:, ~weekend].mean()


def test_measures_are_what_one_counts_by_hand() -> None:
    outbreak = np.zeros((2, 10))
    outbreak[0, 4:8] = [1, 0, 3, 1]
    outbreak[1, 5:7] = 2
    other = np.zeros((2, 10))
    other[1, 2] = 4
    alarms = np.zeros((2, 8), dtype=bool)
    alarms[0, [0, 4, 5]] = True
    days = np.datetime64("2024-01-01") + np.arange(10)
    found = scores(alarms, Simulated(outbreak + other, outbreak, other, days, tested=8))
    assert found["false_positive_rate"] == pytest.approx(1 / 10)
    assert found["specificity"] == pytest.approx(9 / 10)
    assert found["probability_of_detection"] == pytest.approx(1 / 2)
    assert found["positive_predictive_value"] == pytest.approx(2 / 3)
    assert found["sensitivity"] == pytest.approx(2 / 5)
    assert found["timeliness"] == pytest.approx((2 / 4 + 1) / 2)


def test_simpler_methods_are_what_their_definitions_say() -> None:
    counts = np.random.default_rng(5).poisson(6.0, (3, 80)).astype(float)
    counts[:, 70:73] += 9
    for row in range(3):
        y = counts[row]

        def c2(t: int, y: np.ndarray = y) -> float:
            return float((y[t] - y[t - 9 : t - 2].mean()) / y[t - 9 : t - 2].std(ddof=1))

        for place, t in enumerate(range(60, 80)):
            past = y[t - 7 : t]
            assert ears_c1(counts, 20)[row, place] == (y[t] > past.mean() + 3.0902 * past.std(ddof=1))
            assert ears_c2(counts, 20)[row, place] == (c2(t) > 3.0902)
            assert ears_c3(counts, 20)[row, place] == (sum(max(0, c2(s) - 1) for s in (t, t - 1, t - 2)) > 2)
            past = y[t - 28 : t]
            assert z_score(counts, 20)[row, place] == (y[t] > past.mean() + 3 * past.std(ddof=1))


def test_ours_finds_more_than_simpler_methods_and_errs_less() -> None:
    found = simulation_study("weekly", DetectSettings(refit_days=49), per_scenario=4, seed=11)
    ours = found["issuemine (alpha 0.01)"]
    assert ours["false_positive_rate"] < 0.012
    assert ours["probability_of_detection"] > 0.45
    for name in ("EARS C1", "EARS C2", "EARS C3", "z-score"):
        assert found[name]["false_positive_rate"] > ours["false_positive_rate"]
        assert found[name]["positive_predictive_value"] < ours["positive_predictive_value"]


def test_the_command_prints_a_table_and_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "PER_SCENARIO", 1)
    monkeypatch.setenv("ISSUEMINE_DETECT__REFIT_DAYS", "343")
    runner = CliRunner()
    done = runner.invoke(app, ["backtest", "--simulate", "weekly", "--json"])
    assert done.exit_code == 0, done.output
    import orjson

    told = orjson.loads(done.stdout)
    assert told["simulation"] == "weekly"
    assert set(told["methods"]["EARS C1"]) == {
        "false_positive_rate",
        "probability_of_detection",
        "positive_predictive_value",
        "sensitivity",
        "specificity",
        "timeliness",
    }
    done = runner.invoke(app, ["backtest", "--simulate", "weekly"], env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    assert "EARS C3" in done.stdout
    assert f"{told['methods']['EARS C1']['sensitivity']:.3f}" in done.stdout
