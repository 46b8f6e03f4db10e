"""The real encoder and the classifiers trained with it, once for all tests."""

from collections.abc import Sequence

import numpy as np
import pytest

from issuemine.config import EmbedSettings
from issuemine.embed import load_encoder
from issuemine.intent import IntentClassifier, TextIntentClassifier
from issuemine.intent.classifier import Encode


@pytest.fixture(scope="session")
def encode() -> Encode:
    encoder = load_encoder(EmbedSettings(precision="float32"))
    kept: dict[tuple[str, ...], np.ndarray] = {}

    def remembering(texts: Sequence[str]) -> np.ndarray:
        key = tuple(texts)
        if key not in kept:
            kept[key] = encoder.encode(key)
        return kept[key]

    return remembering


@pytest.fixture(scope="session")
def english(encode: Encode) -> IntentClassifier:
    return IntentClassifier(encode, languages=("en",)).fit()


@pytest.fixture(scope="session")
def korean() -> TextIntentClassifier:
    return TextIntentClassifier(("ko",)).fit()
