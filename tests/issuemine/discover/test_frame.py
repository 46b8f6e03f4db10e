"""Inside BERTopic, on real parts and without a network."""

import numpy as np
import pytest

from issuemine.discover import NeighbourCommunities, topic_model
from tests.issuemine.discover.worlds import groups

WORDS = {0: "card payment declined", 1: "refund not arrived", 2: "password reset link"}


def test_bertopic_names_and_draws_the_topics_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    vectors, truth = groups([40, 30, 20], spread=0.5)
    texts = [f"{WORDS[int(topic)]} today" for topic in truth]
    model = topic_model(NeighbourCommunities())
    topics, _ = model.fit_transform(texts, embeddings=vectors)
    assert topics == truth.tolist()
    assert {word for word, _ in model.get_topic(2)[:3]} == {"password", "reset", "link"}
    assert model.transform(["password reset link"], embeddings=vectors[-1:])[0] == [2]
    figure = model.visualize_barchart(top_n_topics=3)
    assert len(figure.data) == 3
    assert np.isfinite(model.c_tf_idf_.toarray()).all()
