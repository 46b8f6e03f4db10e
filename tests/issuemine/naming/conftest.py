from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from issuemine.config import NamingSettings
from issuemine.naming import name_topics, topic_words
from issuemine.records import TopicName
from tests.issuemine.naming import corpus


@dataclass(frozen=True)
class Named:
    mentions: pa.Table
    vectors: np.ndarray
    labels: np.ndarray
    names: dict[int, TopicName]

    def texts(self, topic: int) -> list[str]:
        return [self.mentions["text"][int(i)].as_py() for i in np.flatnonzero(self.labels == topic)]


def named(texts: list[str], topics: list[int], language: str) -> Named:
    """Every seventh mention is unassigned; topic numbers have gaps."""
    labels = np.array(topics, np.int64) * 3 + 5
    labels[::7] = -1
    mentions, vectors = corpus.mention_table(texts, language), corpus.unit_vectors(texts)
    settings = NamingSettings()
    model = topic_words(mentions, labels, settings)
    return Named(mentions, vectors, labels, name_topics(model, mentions, vectors, labels, settings))


@pytest.fixture(scope="session")
def english() -> Named:
    return named(*corpus.english(), "en")


@pytest.fixture(scope="session")
def korean() -> Named:
    return named(*corpus.korean(), "ko")
