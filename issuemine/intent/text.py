"""Intents from text, for spaces whose vectors know only the words of the corpus itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from issuemine.errors import IntentError
from issuemine.intent.calibration import (
    Floats,
    Ints,
    choose_strength,
    fit_logistic,
    one_thread,
    unseen_domains,
)
from issuemine.intent.corpus import INTENTS, covered, fingerprint, prototypes, targets
from issuemine.messages import say

BATCH = 8_192
METHOD = "characters-1"
_LENGTHENED = re.compile(r"(.)\1{2,}")


class TextIntentClassifier:
    """Probabilities of the six intents from the characters of mentions.

    TF-IDF of character 2- to 6-grams inside words, over letters taken apart: Korean syllables become
    their jamo, so that 안돼요, 안됩니다 and 안되고 share a stem. Multinomial logistic regression, calibrated
    as ``IntentClassifier`` is.

    Parameters
    ----------
    languages : collection of str, optional
        ISO 639-1 codes; those without prototypes are served, poorly, by the others'. Default: all that
        have prototypes.
    random_state : int, default=0
        Seed of the folds.

    Attributes
    ----------
    languages_, strength_, temperature_, held_out_, target_
        As in ``IntentClassifier``.
    coef_ : ndarray of shape (n_features, 6)
        Weights of the character n-grams.
    """

    languages_: tuple[str, ...]
    strength_: float
    temperature_: float
    held_out_: Floats
    target_: Ints
    coef_: Floats
    intercept_: Floats
    vectorizer_: TfidfVectorizer

    def __init__(self, languages: Collection[str] | None = None, random_state: int = 0) -> None:
        self.languages = languages
        self.random_state = random_state

    @property
    def revision(self) -> str:
        """Key of the probabilities: changes with prototypes, languages, method and seed."""
        chosen = covered(self.languages)
        return fingerprint(prototypes(chosen), METHOD, chosen, self.random_state)

    def fit(self) -> TextIntentClassifier:
        """Train on the prototypes."""
        self.languages_ = covered(self.languages)
        table = prototypes(self.languages_)
        self.target_ = targets(table)
        self.vectorizer_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 6), sublinear_tf=True, preprocessor=take_apart
        )
        features = self.vectorizer_.fit_transform(table["text"].to_pylist())
        with one_thread():
            # With far more n-grams than prototypes, training on the prototypes' principal coordinates gives
            # the same model (the penalty does not change under rotation) in a fraction of the time.
            values, basis = np.linalg.eigh((features @ features.T).toarray())
            kept = values > 1e-9
            coordinates = basis[:, kept] * np.sqrt(values[kept])
            folds = unseen_domains(self.target_, table["domain"].to_numpy(), self.random_state)
            chosen = choose_strength(coordinates, self.target_, folds, lambda scores, _train, _test: scores)
            self.strength_, self.temperature_, scores = chosen
            self.held_out_ = softmax(scores / self.temperature_, axis=1)
            model = fit_logistic(coordinates, self.target_, self.strength_)
            back = basis[:, kept] / np.sqrt(values[kept])
            self.coef_ = np.asarray(features.T @ (back @ model.coef_.T))
            self.intercept_ = np.asarray(model.intercept_)
        return self

    def predict_proba(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Probabilities of each mention's intents.

        Parameters
        ----------
        texts : sequence of str
            The mentions' texts.

        Returns
        -------
        ndarray of shape (n_mentions, 6), float32
            Columns in the order of ``records.Intent``; rows sum to 1.

        Raises
        ------
        IntentError
            If the classifier is not fitted.
        """
        if not hasattr(self, "coef_"):
            raise IntentError(say("The intent classifier is not trained."), say("Call fit() first."))
        result = np.empty((len(texts), len(INTENTS)), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            features = self.vectorizer_.transform(texts[start : start + BATCH])
            scores = features @ self.coef_ + self.intercept_
            result[start : start + BATCH] = softmax(scores / self.temperature_, axis=1)
        return result


def take_apart(text: str) -> str:
    """Lower case, letters decomposed (NFD: syllables into jamo), runs of one character cut to two."""
    return _LENGTHENED.sub(r"\1\1", unicodedata.normalize("NFD", text.lower()))
