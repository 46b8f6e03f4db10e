"""The mix of intents in a topic, and whether it belongs on the list of top issues."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from issuemine.errors import IntentError
from issuemine.messages import say
from issuemine.records import Intent


def mix(
    probabilities: npt.NDArray[np.floating], weights: npt.NDArray[np.floating] | None = None
) -> dict[str, float]:
    """Mean probabilities of the intents over the mentions of a topic.

    Parameters
    ----------
    probabilities : ndarray of shape (n_mentions, 6)
        Columns in the order of ``records.Intent``.
    weights : ndarray of shape (n_mentions,), optional
        Weight of each mention, for example one over the mentions of its record; default: all alike.

    Returns
    -------
    dict of str to float
        Intent to its share; shares sum to 1.

    Raises
    ------
    IntentError
        If there is no mention, or the weights sum to nothing or do not fit.
    """
    if probabilities.ndim != 2 or probabilities.shape[1] != len(Intent) or not len(probabilities):
        raise IntentError(
            say("A mix needs rows of {intents} probabilities.", intents=len(Intent)),
            say("Pass at least one mention."),
        )
    if weights is not None and (len(weights) != len(probabilities) or not weights.sum() > 0):
        raise IntentError(
            say("The weights of a mix do not fit its mentions."), say("Pass one weight a mention.")
        )
    means = np.average(probabilities.astype(np.float64), axis=0, weights=weights)
    return {str(intent): float(mean) for intent, mean in zip(Intent, means, strict=True)}


def is_hidden(shares: Mapping[str, float], hidden: Collection[str]) -> bool:
    """Whether more than half of a topic is what the list of top issues leaves out.

    Parameters
    ----------
    shares : mapping of str to float
        A topic's ``mix``.
    hidden : collection of str
        Intents that are no issues, for example praise and other.
    """
    return sum(shares.get(str(intent), 0.0) for intent in hidden) > 0.5


def dominant(shares: Mapping[str, float]) -> Intent:
    """The intent with the largest share; of equal ones the first in the order of ``records.Intent``."""
    return max(Intent, key=lambda intent: shares.get(str(intent), 0.0))
