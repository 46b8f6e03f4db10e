import numpy as np
import pytest
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from issuemine.errors import IntentError
from issuemine.intent import TextIntentClassifier, prototypes
from issuemine.intent.calibration import calibration_error, one_thread
from issuemine.intent.corpus import targets
from issuemine.intent.text import take_apart
from issuemine.records import Intent
from tests.issuemine.intent.unseen import KOREAN, pairs

ORDER = [str(intent) for intent in Intent]


def test_rows_are_probabilities_in_single_precision(korean: TextIntentClassifier) -> None:
    found = korean.predict_proba(pairs(KOREAN)[0])
    assert found.shape == (40, 6)
    assert found.dtype == np.float32
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_unseen_korean_sentences_get_the_intent_that_a_person_gives_them(
    korean: TextIntentClassifier,
) -> None:
    texts, intents = pairs(KOREAN)
    found = korean.predict_proba(texts).argmax(axis=1)
    assert np.mean([ORDER[i] == intent for i, intent in zip(found, intents, strict=True)]) >= 0.75


def test_probabilities_of_industries_left_out_are_calibrated(korean: TextIntentClassifier) -> None:
    assert calibration_error(korean.held_out_, korean.target_) <= 0.08
    assert (korean.held_out_.argmax(axis=1) == korean.target_).mean() >= 0.65


def test_fitting_twice_gives_the_same_probabilities(korean: TextIntentClassifier) -> None:
    texts = pairs(KOREAN)[0]
    again = TextIntentClassifier(("ko",)).fit()
    assert np.array_equal(korean.predict_proba(texts), again.predict_proba(texts))


def test_principal_coordinates_give_the_model_of_the_n_grams_themselves(
    korean: TextIntentClassifier,
) -> None:
    table = prototypes(("ko",))
    features = korean.vectorizer_.transform(table["text"].to_pylist())
    with one_thread():
        plain = LogisticRegression(C=korean.strength_, max_iter=2_000).fit(features, targets(table))
    texts = korean.vectorizer_.transform(pairs(KOREAN)[0])
    ours = softmax(texts @ korean.coef_ + korean.intercept_, axis=1)
    assert np.abs(ours - plain.predict_proba(texts)).max() < 0.03


def test_inflected_forms_share_n_grams_once_taken_apart() -> None:
    assert take_apart("안됩니다")[:4] == take_apart("안돼")[:4]
    assert take_apart("좋아요!!!!!") == take_apart("좋아요!!")


def test_composed_and_decomposed_hangul_get_the_same_probabilities(korean: TextIntentClassifier) -> None:
    text = "결제가 안 돼요"
    decomposed = take_apart(text)
    assert np.array_equal(korean.predict_proba([text]), korean.predict_proba([decomposed]))


def test_empty_and_foreign_texts_are_no_failure(korean: TextIntentClassifier) -> None:
    found = korean.predict_proba(["", "これは何ですか", "🙂"])
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert korean.predict_proba([]).shape == (0, 6)


def test_a_language_without_prototypes_is_served_by_the_others() -> None:
    assert TextIntentClassifier(languages=("xx",)).fit().languages_ == ("en", "ko")


def test_an_unfitted_classifier_says_so() -> None:
    with pytest.raises(IntentError, match="not trained"):
        TextIntentClassifier().predict_proba(["text"])
