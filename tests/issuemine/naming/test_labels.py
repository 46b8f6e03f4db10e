import numpy as np
import pytest

from issuemine.config import NamingSettings
from issuemine.naming import name_topics, topic_words
from issuemine.naming.labels import Scored, assign, prefer_specific
from issuemine.naming.words import log_odds
from tests.issuemine.naming import corpus
from tests.issuemine.naming.conftest import Named


def test_labels_say_what_each_topic_is_about(english: Named) -> None:
    labels = [english.names[topic].label for topic in sorted(english.names)]
    assert labels[0] == "Card payment declined"
    assert labels[1] == "App keeps crashing"
    assert labels[2] == "Can't log in"
    assert "arrived" in labels[3].lower()


def test_every_assigned_topic_is_named_and_no_other(english: Named) -> None:
    assert set(english.names) == set(english.labels[english.labels >= 0].tolist())


def test_a_label_stands_in_the_topic_word_for_word(english: Named) -> None:
    for topic, name in english.names.items():
        assert any(name.label.lower() in text.lower() for text in english.texts(topic))


def test_labels_have_two_to_five_words_and_no_placeholder(english: Named, korean: Named) -> None:
    for name in [*english.names.values(), *korean.names.values()]:
        assert 2 <= len(name.label.split()) <= 5
        assert not {"<", ">", "_"} & set(name.label)
        assert "email" not in name.label.lower()


def test_labels_differ_from_each_other(english: Named, korean: Named) -> None:
    for named in (english, korean):
        labels = [name.label.casefold() for name in named.names.values()]
        assert len(labels) == len(set(labels))


def test_topics_that_say_the_same_get_different_labels(english: Named) -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 6, english.mentions.num_rows)
    settings = NamingSettings()
    model = topic_words(english.mentions, labels, settings)
    names = name_topics(model, english.mentions, english.vectors, labels, settings)
    assert len({name.label.casefold() for name in names.values()}) == 6


def test_a_topic_of_one_word_has_it_as_its_label() -> None:
    texts, settings = ["refund"] * 6, NamingSettings()
    mentions, labels = corpus.mention_table(texts, "en"), np.zeros(6, np.int64)
    model = topic_words(mentions, labels, settings)
    # All six words of the one class are this one: log(1 + (6 - 6 + 0.5) / (6 + 0.5)) times the root of 1.
    assert model.c_tf_idf_.toarray() == pytest.approx(np.log(1 + 0.5 / 6.5))
    name = name_topics(model, mentions, corpus.unit_vectors(texts), labels, settings)[0]
    assert (name.label, [keyword.word for keyword in name.keywords]) == ("Refund", ["refund"])


def test_row_order_changes_nothing(english: Named) -> None:
    order = np.random.default_rng(1).permutation(english.mentions.num_rows)
    mentions, labels = english.mentions.take(order), english.labels[order]
    settings = NamingSettings()
    model = topic_words(mentions, labels, settings)
    again = name_topics(model, mentions, english.vectors[order], labels, settings)
    assert [(t, n.label, n.quotes) for t, n in sorted(again.items())] == [
        (t, n.label, n.quotes) for t, n in sorted(english.names.items())
    ]
    for topic, name in again.items():
        old = english.names[topic].keywords
        assert [k.word for k in name.keywords] == [k.word for k in old]
        assert np.allclose([k.weight for k in name.keywords], [k.weight for k in old])


def test_a_model_fitted_on_other_topics_names_the_topics_given(english: Named) -> None:
    settings = NamingSettings()
    coarse = topic_words(english.mentions, np.where(english.labels < 8, -1, 0), settings)
    names = name_topics(coarse, english.mentions, english.vectors, english.labels, settings)
    assert {topic: name.label for topic, name in names.items()} == {
        topic: name.label for topic, name in english.names.items()
    }


def test_vectors_of_phrases_raise_the_phrase_at_the_centre(english: Named) -> None:
    settings = NamingSettings()
    model = topic_words(english.mentions, english.labels, settings)
    first = min(english.names)
    centre = english.vectors[english.labels == first].mean(axis=0)
    centre /= np.linalg.norm(centre)
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.array([centre if "shop" in text else -centre for text in texts], np.float32)

    names = name_topics(model, english.mentions, english.vectors, english.labels, settings, encode=encode)
    assert "shop" in names[first].label
    assert len(asked) == len(set(asked))


def test_progress_counts_topics(english: Named) -> None:
    settings = NamingSettings()
    done: list[int] = []
    model = topic_words(english.mentions, english.labels, settings)
    name_topics(model, english.mentions, english.vectors, english.labels, settings, done.append)
    assert sum(done) == len(english.names)


def test_a_topic_of_wordless_mentions_is_named_all_the_same(english: Named) -> None:
    from tests.issuemine.naming import corpus

    texts = ["👍👍", "!!!", "😡😡😡", "the card was declined", "card declined again"]
    mentions, labels = corpus.mention_table(texts), np.array([0, 0, 0, 1, 1])
    settings = NamingSettings()
    model = topic_words(mentions, labels, settings)
    names = name_topics(model, mentions, corpus.unit_vectors(texts, 3), labels, settings)
    assert names[0].label != ""
    assert names[0].label != names[1].label


def test_log_odds_agree_with_a_direct_computation() -> None:
    inside, outside, size, rest = 30.0, 10.0, 100, 900
    odds = np.log(30.5 / 70.5) - np.log(10.5 / 890.5)
    expected = odds / np.sqrt(1 / 30.5 + 1 / 10.5)
    assert np.isclose(log_odds(np.array([inside]), np.array([outside]), size, rest)[0], expected)


def test_a_phrase_goes_to_the_topic_where_it_fits_best() -> None:
    def scored(score: float, form: str) -> Scored:
        return Scored(score, form, tuple(form.split()), 5)

    given = assign(
        {
            1: [scored(2.0, "app crashes"), scored(1.0, "crashes often")],
            2: [scored(3.0, "crashes app"), scored(0.5, "blank screen")],
        }
    )
    assert given == {1: "crashes often", 2: "crashes app"}


def test_a_fuller_phrase_is_preferred_only_if_it_is_nearly_as_good() -> None:
    rate = Scored(2.0, "exchange rate", ("exchange", "rate"), 10)
    near = Scored(1.9, "exchange rate wrong", ("exchange", "rate", "wrong"), 5)
    far = Scored(1.2, "exchange rate today", ("exchange", "rate", "today"), 5)
    assert prefer_specific([rate, near, far])[0] == near
    assert prefer_specific([rate, far])[0] == rate
