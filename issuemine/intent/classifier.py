"""Intents from vectors: a linear model and the vote of the nearest prototypes, averaged and calibrated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

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

Encode = Callable[[Sequence[str]], npt.NDArray[np.floating]]
NEIGHBOURS = 40
BATCH = 8_192
"""Mentions whose similarities to all prototypes are held at a time (about 80 MB)."""
FLOOR = 0.01
"""Probability that the vote leaves to an intent without any neighbour."""
METHOD = "logistic+vote-1"


class IntentClassifier:
    """Probabilities of the six intents from the vectors of mentions.

    Multinomial logistic regression on the prototypes' vectors, and the vote of the 40 nearest
    prototypes weighted by cosine⁴; the mean of their log probabilities, at a temperature. Strength of
    the regularisation and temperature are those of the lowest log loss on industries left out of
    training. The vote helps terse answers, which are far from any linear boundary.

    Parameters
    ----------
    encode : callable
        Texts to vectors ``(n, dim)``, in the space of the mentions' vectors.
    space : str, default="model"
        Name of that space, part of ``revision``; name the encoder's revision in it where it may change.
    languages : collection of str, optional
        ISO 639-1 codes that the encoder covers, or ``*``; those without prototypes are served by the
        others'. Default: all that have prototypes.
    random_state : int, default=0
        Seed of the folds.

    Attributes
    ----------
    languages_ : tuple of str
        Languages of the prototypes trained on.
    strength_, temperature_ : float
        What cross-validation chose.
    held_out_ : ndarray of shape (n_prototypes, 6)
        Probabilities of each prototype by models that saw no prototype of its industry.
    target_ : ndarray of shape (n_prototypes,)
        Index of each prototype's intent.
    vectors_ : ndarray of shape (n_prototypes, dim)
        The prototypes' unit vectors.
    """

    languages_: tuple[str, ...]
    strength_: float
    temperature_: float
    held_out_: Floats
    target_: Ints
    vectors_: Floats
    model_: LogisticRegression

    def __init__(
        self,
        encode: Encode,
        space: str = "model",
        languages: Collection[str] | None = None,
        random_state: int = 0,
    ) -> None:
        self.encode = encode
        self.space = space
        self.languages = languages
        self.random_state = random_state

    @property
    def revision(self) -> str:
        """Key of the probabilities: changes with prototypes, space, languages, method and seed."""
        chosen = covered(self.languages)
        return fingerprint(prototypes(chosen), METHOD, self.space, chosen, self.random_state)

    def fit(self) -> IntentClassifier:
        """Train on the prototypes.

        Raises
        ------
        IntentError
            If the encoder gives no usable vectors.
        """
        self.languages_ = covered(self.languages)
        table = prototypes(self.languages_)
        self.target_ = targets(table)
        self.vectors_ = _unit(np.asarray(self.encode(table["text"].to_pylist())), len(table))
        folds = unseen_domains(self.target_, table["domain"].to_numpy(), self.random_state)

        def blend(log_probabilities: Floats, train: Ints, test: Ints) -> Floats:
            vote = _vote(self.vectors_[test], self.vectors_[train], self.target_[train])
            return _pool(log_probabilities, vote)

        with one_thread():
            chosen = choose_strength(self.vectors_, self.target_, folds, blend)
            self.strength_, self.temperature_, scores = chosen
            self.held_out_ = softmax(scores / self.temperature_, axis=1)
            self.model_ = fit_logistic(self.vectors_, self.target_, self.strength_)
        return self

    def predict_proba(self, vectors: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
        """Probabilities of each mention's intents.

        Parameters
        ----------
        vectors : ndarray of shape (n_mentions, dim)
            Of any length; only their direction counts.

        Returns
        -------
        ndarray of shape (n_mentions, 6), float32
            Columns in the order of ``records.Intent``; rows sum to 1.

        Raises
        ------
        IntentError
            If the classifier is not fitted or the vectors are of another dimension.
        """
        if not hasattr(self, "model_"):
            raise IntentError(say("The intent classifier is not trained."), say("Call fit() first."))
        dim = self.vectors_.shape[1]
        if vectors.ndim != 2 or vectors.shape[1] != dim:
            raise IntentError(
                say(
                    "Vectors of shape {shape} were given to a classifier of dimension {dim}.",
                    shape=vectors.shape,
                    dim=dim,
                ),
                say("Use vectors of the encoder that the classifier was trained with."),
            )
        result = np.empty((len(vectors), len(INTENTS)), dtype=np.float32)
        for start in range(0, len(vectors), BATCH):
            part = vectors[start : start + BATCH]
            part = _unit(part, len(part))
            scores = _pool(self.model_.predict_log_proba(part), _vote(part, self.vectors_, self.target_))
            result[start : start + BATCH] = softmax(scores / self.temperature_, axis=1)
        return result


def _unit(vectors: npt.NDArray[np.floating], rows: int) -> Floats:
    if vectors.ndim != 2 or len(vectors) != rows or not np.isfinite(vectors).all():
        raise IntentError(
            say("The vectors are not {rows} rows of finite numbers.", rows=rows),
            say("Check the encoder's model and precision."),
        )
    wide = vectors.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    return np.asarray(np.divide(wide, lengths, out=np.zeros_like(wide), where=lengths > 0))


def _vote(queries: Floats, vectors: Floats, target: Ints) -> Floats:
    """Share of the nearest prototypes' cosine⁴ that each intent has, ``(n_queries, 6)``."""
    similarity = queries @ vectors.T
    near = np.argpartition(-similarity, min(NEIGHBOURS, len(vectors)) - 1, axis=1)[:, :NEIGHBOURS]
    weights = np.take_along_axis(similarity, near, axis=1).clip(0) ** 4
    shares = np.stack([np.where(target[near] == i, weights, 0).sum(1) for i in range(len(INTENTS))], axis=1)
    total = shares.sum(axis=1, keepdims=True)
    even = np.full_like(shares, 1 / len(INTENTS))
    return np.asarray(np.divide(shares, total, out=even, where=total > 0))


def _pool(log_probabilities: Floats, vote: Floats) -> Floats:
    """Mean of the two log probabilities (logarithmic opinion pool)."""
    return np.asarray((log_probabilities + np.log((vote + FLOOR) / (1 + FLOOR * len(INTENTS)))) / 2)
