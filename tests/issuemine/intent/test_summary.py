import numpy as np
import pytest

from issuemine.errors import IntentError
from issuemine.intent import dominant, is_hidden, mix
from issuemine.records import Intent

HIDDEN = ("praise", "other")
PROBLEM, PRAISE = np.eye(6)[0], np.eye(6)[4]


def test_a_mix_is_the_mean_of_probabilities() -> None:
    assert mix(np.array([PROBLEM, PRAISE, PRAISE, PRAISE]))["praise"] == pytest.approx(0.75)


def test_a_mix_names_all_intents_in_their_order_and_sums_to_one() -> None:
    shares = mix(np.random.default_rng(0).dirichlet(np.ones(6), size=50).astype(np.float32))
    assert list(shares) == [str(intent) for intent in Intent]
    assert sum(shares.values()) == pytest.approx(1)


def test_weights_let_each_record_count_once() -> None:
    shares = mix(np.array([PROBLEM, PRAISE, PRAISE]), np.array([1.0, 0.5, 0.5]))
    assert shares["problem"] == pytest.approx(0.5)


@pytest.mark.parametrize("rows", [np.empty((0, 6)), np.ones((2, 5))])
def test_a_mix_of_nothing_or_of_other_columns_is_refused(rows: np.ndarray) -> None:
    with pytest.raises(IntentError):
        mix(rows)


@pytest.mark.parametrize("weights", [np.zeros(2), np.ones(3)])
def test_weights_that_do_not_fit_are_refused(weights: np.ndarray) -> None:
    with pytest.raises(IntentError):
        mix(np.array([PROBLEM, PRAISE]), weights)


def test_a_topic_is_hidden_when_more_than_half_of_it_is() -> None:
    assert is_hidden({"problem": 0.4, "praise": 0.3, "other": 0.3}, HIDDEN)
    assert not is_hidden({"problem": 0.5, "praise": 0.3, "other": 0.2}, HIDDEN)
    assert not is_hidden({"praise": 1.0}, ())


def test_the_dominant_intent_has_the_largest_share() -> None:
    assert dominant({"problem": 0.2, "churn": 0.5, "praise": 0.3}) is Intent.CHURN
    assert dominant({"problem": 0.5, "praise": 0.5}) is Intent.PROBLEM
