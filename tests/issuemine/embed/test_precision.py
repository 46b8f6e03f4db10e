"""Only precisions that agree are used, and only clear gains are taken."""

import time
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from issuemine.embed.precision import PROBES, agreement, fastest, usable


def vectors(tilt: float) -> Callable[[Sequence[str]], np.ndarray]:
    """Makes unit vectors whose cosine to those of tilt 0 is ``cos(tilt)``."""
    return lambda texts: np.tile(np.float32([np.cos(tilt), np.sin(tilt)]), (len(texts), 1))


def test_agreement_is_the_mean_cosine() -> None:
    rng = np.random.default_rng(0)
    left, right = (x / np.linalg.norm(x, axis=1, keepdims=True) for x in rng.normal(size=(2, 20, 5)))
    assert agreement(left, right) == pytest.approx(np.mean([a @ b for a, b in zip(left, right, strict=True)]))


def test_only_precisions_that_agree_and_can_be_computed_are_usable() -> None:
    def missing(texts: Sequence[str]) -> np.ndarray:
        raise NotImplementedError

    def broken(texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), 2), np.nan, dtype=np.float32)

    encoders = {"near": vectors(0.01), "far": vectors(0.1), "missing": missing, "broken": broken}
    found = usable(encoders, vectors(0.0))
    assert found == {"near": pytest.approx(np.cos(0.01), abs=1e-6)}


def test_a_clear_gain_is_taken_and_a_loss_is_not() -> None:
    def slowed(seconds: float) -> Callable[[Sequence[str]], np.ndarray]:
        def encode(texts: Sequence[str]) -> np.ndarray:
            time.sleep(seconds * len(texts) / len(PROBES))
            return vectors(0.0)(texts)

        return encode

    assert fastest({"float32": slowed(0.02), "other": slowed(0.0)}, "float32") == "other"
    assert fastest({"float32": slowed(0.0), "other": slowed(0.02)}, "float32") == "float32"
    assert fastest({"float32": slowed(0.0)}, "float32") == "float32"
