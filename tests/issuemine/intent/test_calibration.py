import numpy as np
import pytest
from scipy.special import softmax
from sklearn.metrics import log_loss as reference_log_loss

from issuemine.intent import prototypes
from issuemine.intent.calibration import calibration_error, fit_temperature, log_loss, unseen_domains
from issuemine.intent.corpus import targets


@pytest.fixture
def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Scores and classes drawn with exactly the probabilities that the scores tell."""
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(20_000, 6)) * 2
    return scores, (scores + rng.gumbel(size=scores.shape)).argmax(axis=1)


def test_the_temperature_of_overconfident_scores_is_found(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, target = drawn
    assert fit_temperature(3 * scores, target) == pytest.approx(3, rel=0.05)


def test_log_loss_agrees_with_scikit_learn(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, target = drawn
    assert log_loss(scores, target) == pytest.approx(reference_log_loss(target, softmax(scores, axis=1)))


def test_true_probabilities_have_no_calibration_error(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, target = drawn
    assert calibration_error(softmax(scores, axis=1), target) < 0.02
    assert calibration_error(softmax(3 * scores, axis=1), target) > 0.1


def test_confidence_without_accuracy_is_the_whole_error() -> None:
    sure = np.tile([1.0, 0.0], (10, 1))
    assert calibration_error(sure, np.ones(10, dtype=np.int64)) == 1
    assert calibration_error(sure, np.zeros(10, dtype=np.int64)) == 0


def test_folds_test_on_industries_that_they_did_not_train_on() -> None:
    table = prototypes(("en",))
    domains = table["domain"].to_numpy()
    folds = unseen_domains(targets(table), domains, 0)
    assert all(not set(domains[train]) & set(domains[test]) for train, test in folds)
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(len(table)))
