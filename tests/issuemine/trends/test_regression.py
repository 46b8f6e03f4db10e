"""The fit of all topics at once, against statsmodels one by one."""

import numpy as np
import pytest
import statsmodels.api as sm

from issuemine.trends.design import calendar_design
from issuemine.trends.regression import fit_poisson, quadratic
from issuemine.trends.robust import fit_robust

DAYS = np.datetime64("2022-03-01") + np.arange(700)


def test_the_fit_is_that_of_statsmodels_with_offset_weights_and_missing_days() -> None:
    rng = np.random.default_rng(3)
    columns = calendar_design(DAYS, slice(0, 700)).columns[:, :10]
    exposure = rng.uniform(50, 200, (8, 700))
    truth = rng.normal(0, 0.3, (8, 10)) + np.eye(10)[0] * -4
    counts = rng.poisson(exposure * np.exp(truth @ columns.T)).astype(float)
    weights = rng.choice([0.0, 0.3, 1.0], (8, 700), p=[0.1, 0.1, 0.8])
    fit = fit_poisson(counts, columns, np.log(exposure), weights, np.zeros((8, 10)))
    for topic in range(8):
        oracle = sm.GLM(
            counts[topic],
            columns,
            family=sm.families.Poisson(),
            offset=np.log(exposure[topic]),
            freq_weights=weights[topic],
        ).fit(tol=1e-12)
        np.testing.assert_allclose(fit.coefficients[topic], oracle.params, atol=1e-5)
        np.testing.assert_allclose(fit.unscaled[topic], oracle.cov_params(), rtol=1e-3, atol=1e-8)
        np.testing.assert_allclose(fit.fitted[topic], oracle.fittedvalues, rtol=1e-4)


def test_leverage_is_that_of_statsmodels() -> None:
    rng = np.random.default_rng(4)
    columns = calendar_design(DAYS[:200], slice(0, 200)).columns[:, :8]
    counts = rng.poisson(5.0, (1, 200)).astype(float)
    fit = fit_poisson(counts, columns, np.zeros((1, 200)), np.ones((1, 200)), np.zeros((1, 8)))
    oracle = sm.GLM(counts[0], columns, family=sm.families.Poisson()).fit(tol=1e-12)
    leverage = fit.fitted * quadratic(fit.unscaled, columns)
    np.testing.assert_allclose(leverage[0], oracle.get_hat_matrix_diag(), rtol=1e-3)


def test_a_start_elsewhere_leads_to_the_same_fit() -> None:
    rng = np.random.default_rng(5)
    columns = calendar_design(DAYS, slice(0, 700)).columns[:, :8]
    counts = rng.poisson(2.0, (5, 700)).astype(float)
    plain = (counts, columns, np.zeros((1, 700)), np.ones((5, 700)), np.zeros((5, 8)))
    far = fit_poisson(*plain, start=rng.normal(0, 2, (5, 8)))
    np.testing.assert_allclose(far.coefficients, fit_poisson(*plain).coefficients, atol=1e-3)


@pytest.mark.parametrize(("mean", "phi"), [(0.5, 1.0), (1.0, 3.0), (5.0, 1.0), (8.0, 4.0), (40.0, 2.0)])
def test_dispersion_and_level_are_right_where_there_are_no_outbreaks(mean: float, phi: float) -> None:
    rng = np.random.default_rng(6)
    shape = (150, 600)
    counts = (
        rng.poisson(mean, shape) if phi == 1 else rng.negative_binomial(mean / (phi - 1), 1 / phi, shape)
    ).astype(float)
    found = fit_robust(counts, np.ones((600, 1)), np.zeros((1, 600)), np.ones(shape), np.zeros((150, 1)))
    assert found.dispersion.mean() == pytest.approx(phi, rel=0.12)
    assert found.fit.fitted.mean() == pytest.approx(mean, rel=0.03)


def test_outbreaks_count_little_in_level_and_dispersion() -> None:
    rng = np.random.default_rng(7)
    counts = rng.poisson(6.0, (50, 600)).astype(float)
    spoiled = counts.copy()
    spoiled[:, 200:215] += 40
    arguments = (np.ones((600, 1)), np.zeros((1, 600)), np.ones((50, 600)), np.zeros((50, 1)))
    clean, found = fit_robust(counts, *arguments), fit_robust(spoiled, *arguments)
    assert found.fit.fitted.mean() == pytest.approx(clean.fit.fitted.mean(), rel=0.03)
    assert found.dispersion.mean() < 1.4
    assert spoiled.var(axis=1).mean() / spoiled.mean() > 4
    assert found.weights[:, 200:215].max() < 0.1


def test_a_weekday_without_any_records_stays_finite() -> None:
    weekend = (np.arange(700) + 1) % 7 >= 5
    counts = np.where(weekend, 0.0, np.random.default_rng(8).poisson(5.0, (3, 700)))
    design = calendar_design(DAYS, slice(0, 700))
    history = np.full(3, 700)
    found = fit_robust(counts, design.columns, np.zeros((1, 700)), np.ones((3, 700)), design.penalty(history))
    assert np.isfinite(found.fit.coefficients).all()
    assert found.fit.fitted[:, weekend].max() < 0.1
