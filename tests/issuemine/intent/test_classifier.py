import numpy as np
import pytest

from issuemine.errors import IntentError
from issuemine.intent import IntentClassifier
from issuemine.intent.calibration import calibration_error
from issuemine.intent.classifier import Encode
from issuemine.intent.corpus import covered
from issuemine.records import Intent
from tests.issuemine.intent.unseen import ENGLISH, pairs

ORDER = [str(intent) for intent in Intent]


def test_rows_are_probabilities_in_single_precision(english: IntentClassifier, encode: Encode) -> None:
    found = english.predict_proba(encode(pairs(ENGLISH)[0]))
    assert found.shape == (57, 6)
    assert found.dtype == np.float32
    assert (found >= 0).all()
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_unseen_sentences_get_the_intent_that_a_person_gives_them(
    english: IntentClassifier, encode: Encode
) -> None:
    texts, intents = pairs(ENGLISH)
    found = english.predict_proba(encode(texts)).argmax(axis=1)
    assert np.mean([ORDER[i] == intent for i, intent in zip(found, intents, strict=True)]) >= 0.75


def test_praise_and_trouble_are_told_apart_almost_always(english: IntentClassifier, encode: Encode) -> None:
    praise = english.predict_proba(encode(ENGLISH["praise"]))[:, ORDER.index("praise")]
    trouble = english.predict_proba(encode(ENGLISH["problem"]))[:, ORDER.index("praise")]
    assert (praise[:, None] > trouble[None, :]).mean() >= 0.95


def test_an_implicit_complaint_is_a_problem(english: IntentClassifier, encode: Encode) -> None:
    found = english.predict_proba(encode(["We sat there for two hours and nobody told us what was going on"]))
    assert ORDER[int(found.argmax())] == "problem"


def test_probabilities_of_industries_left_out_are_calibrated(english: IntentClassifier) -> None:
    assert calibration_error(english.held_out_, english.target_) <= 0.08
    assert (english.held_out_.argmax(axis=1) == english.target_).mean() >= 0.65


def test_fitting_twice_gives_the_same_probabilities(english: IntentClassifier, encode: Encode) -> None:
    vectors = encode(pairs(ENGLISH)[0])
    again = IntentClassifier(encode, languages=("en",)).fit()
    assert np.array_equal(english.predict_proba(vectors), again.predict_proba(vectors))


def test_only_the_direction_of_a_vector_counts(english: IntentClassifier, encode: Encode) -> None:
    vectors = np.asarray(encode(pairs(ENGLISH)[0]))
    assert np.allclose(english.predict_proba(vectors), english.predict_proba(3 * vectors), atol=1e-6)


def test_a_mention_does_not_depend_on_the_others_of_its_batch(
    english: IntentClassifier, encode: Encode, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = encode(pairs(ENGLISH)[0])
    whole = english.predict_proba(vectors)
    monkeypatch.setattr("issuemine.intent.classifier.BATCH", 10)
    assert np.allclose(english.predict_proba(vectors), whole, atol=1e-6)


def test_a_zero_vector_and_no_vector_are_no_failure(english: IntentClassifier) -> None:
    dim = english.vectors_.shape[1]
    assert np.allclose(english.predict_proba(np.zeros((1, dim))).sum(), 1, atol=1e-5)
    assert english.predict_proba(np.zeros((0, dim))).shape == (0, 6)


def test_vectors_of_another_encoder_are_refused(english: IntentClassifier) -> None:
    with pytest.raises(IntentError, match="dimension"):
        english.predict_proba(np.zeros((2, 7)))


def test_vectors_that_are_not_numbers_are_refused(english: IntentClassifier) -> None:
    with pytest.raises(IntentError, match="finite"):
        english.predict_proba(np.full((1, english.vectors_.shape[1]), np.nan))


def test_an_unfitted_classifier_says_so(encode: Encode) -> None:
    with pytest.raises(IntentError, match="not trained"):
        IntentClassifier(encode).predict_proba(np.zeros((1, 384)))


def test_a_language_without_prototypes_is_served_by_the_others() -> None:
    assert covered(("xx", "en")) == ("en",)
    assert covered(("xx",)) == ("en", "ko")
    assert covered(("*",)) == covered(None) == ("en", "ko")


def test_the_revision_changes_with_space_and_languages_only(encode: Encode) -> None:
    def revision(space: str, *languages: str) -> str:
        return IntentClassifier(encode, space, languages).revision

    assert revision("model", "en") == revision("model", "en")
    assert len({revision("model", "en"), revision("other", "en"), revision("model", "en", "ko")}) == 3
