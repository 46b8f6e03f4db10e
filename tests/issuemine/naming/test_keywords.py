import re

import numpy as np
import pytest
from kiwipiepy import Kiwi

from issuemine.config import NamingSettings
from issuemine.errors import NamingError
from issuemine.naming import documents, name_topics, topic_words
from issuemine.naming.keywords import _alike
from issuemine.naming.words import LemmaVectorizer, class_weights, ctfidf
from tests.issuemine.naming import corpus
from tests.issuemine.naming.conftest import Named


def test_c_tf_idf_is_the_formula(english: Named) -> None:
    """BM25 c-TF-IDF with damped frequent words, computed word by word."""
    model = topic_words(english.mentions, english.labels, NamingSettings())
    texts = documents(english.mentions)
    topics, weights, words = class_weights(model, texts, english.labels)
    columns = [word for word in words if " " not in word]
    counts = {
        label: [
            word
            for text, own in zip(texts, english.labels, strict=True)
            if own == label
            for word in text.split()
        ]
        for label in sorted(set(english.labels.tolist()))
    }
    joined = {
        label: " ".join(text for text, own in zip(texts, english.labels, strict=True) if own == label)
        for label in counts
    }
    pairs = {
        label: sum(1 for word in model.vectorizer_model._words(joined[label]) if " " in word)
        for label in counts
    }
    mean = int(np.mean([len(counts[label]) + pairs[label] for label in counts]))
    for row, topic in enumerate(topics.tolist()):
        total = len(counts[topic]) + pairs[topic]
        for word in columns[:40]:
            everywhere = sum(counts[label].count(word) for label in counts)
            idf = np.log(1 + (mean - everywhere + 0.5) / (everywhere + 0.5))
            expected = np.sqrt(counts[topic].count(word) / total) * idf
            assert np.isclose(weights[row, words.index(word)], expected)


def test_rows_are_those_of_bertopic_whatever_its_numbers(english: Named) -> None:
    model = topic_words(english.mentions, english.labels, NamingSettings())
    topics, weights, _ = class_weights(model, documents(english.mentions), english.labels)
    for row, topic in enumerate(topics.tolist()):
        theirs = np.unique(np.array(model.topics_)[english.labels == topic])
        assert len(theirs) == 1
        assert np.allclose(model.c_tf_idf_[int(theirs[0]) + 1].toarray(), weights[row].toarray())


def test_documents_hold_content_lemmas_alone(english: Named) -> None:
    for text in documents(english.mentions):
        assert text == text.lower()
        assert not re.search(r"<|>|\bemail\b|\b(my|the|was|i|and)\b|[.!,:]", text)


def test_a_mention_without_content_is_an_empty_document() -> None:
    mentions = corpus.mention_table(["the", "!!!", "card declined", "<EMAIL>"])
    assert documents(mentions) == ["", "", "card decline ", ""]


def test_stop_words_of_the_settings_are_left_out() -> None:
    mentions = corpus.mention_table(["card declined today", "card stolen"])
    assert documents(mentions, ["Card"]) == ["decline ", "steal "]


def test_keywords_are_clean(english: Named) -> None:
    for topic, name in english.names.items():
        words = [keyword.word for keyword in name.keywords]
        texts = " ".join(english.texts(topic)).lower()
        assert words
        for word in words:
            assert word.lower() in texts
            assert len(word) > 1
            assert not word.isdigit()
            assert word.lower() not in {"email", "the", "my", "is", "again", "please"}
        weights = [keyword.weight for keyword in name.keywords]
        assert min(weights) > 0
        assert weights == sorted(weights, reverse=True)


def test_no_keyword_is_said_twice(english: Named) -> None:
    for name in english.names.values():
        parts = [part.lower() for keyword in name.keywords for part in keyword.word.split()]
        assert len(parts) == len(set(parts))
        assert (
            not any(_alike(a, b) for i, a in enumerate(parts) for b in parts[:i] if a != b) or len(parts) < 3
        )


@pytest.mark.parametrize(
    ("word", "other"), [("crash", "crashes"), ("crash", "crashing"), ("notification", "notificaton")]
)
def test_forms_and_misspellings_are_alike(word: str, other: str) -> None:
    assert _alike(word, other)


@pytest.mark.parametrize(("word", "other"), [("card", "cash"), ("sign", "slow"), ("message", "meeting")])
def test_different_words_are_not_alike(word: str, other: str) -> None:
    assert not _alike(word, other)


def test_korean_keywords_carry_no_particle_and_are_no_single_syllable(korean: Named) -> None:
    kiwi = Kiwi(num_workers=1)
    for name in korean.names.values():
        assert name.keywords
        for keyword in name.keywords:
            assert len(keyword.word) >= 2
            assert not re.search(r"[ㄱ-ㅎㅏ-ㅣ]", keyword.word)
            assert not any(token.tag.startswith("J") for token in kiwi.tokenize(keyword.word))


def test_korean_labels_are_noun_phrases(korean: Named) -> None:
    labels = [korean.names[topic].label for topic in sorted(korean.names)]
    assert labels == ["로그인 안 됨", "인증서 가져오기 오류", "앱 느림"]


def test_only_pairs_that_belong_together_are_counted() -> None:
    texts = ["screen share stop"] * 5 + ["share price", "screen dark", "dark price stop"]
    words = set(LemmaVectorizer().fit(texts).get_feature_names_out())
    assert "screen share" in words
    assert "dark price" not in words


def test_the_transformer_is_bertopics_with_bm25() -> None:
    assert ctfidf().bm25_weighting
    assert ctfidf().reduce_frequent_words


def test_mentions_without_any_word_are_refused_with_advice() -> None:
    mentions = corpus.mention_table(["!!!", "???"])
    with pytest.raises(NamingError, match="column"):
        topic_words(mentions, np.array([0, 0]), NamingSettings(stop_words=("emptydoc",)))


def test_arrays_of_another_length_are_refused(english: Named) -> None:
    with pytest.raises(NamingError, match="parallel"):
        topic_words(english.mentions, english.labels[:-1], NamingSettings())


def test_a_verb_is_shown_with_the_particle_that_completes_it() -> None:
    texts = ["How do I top up by card", "the top up failed", "top up limit reached"] * 4 + ["card stolen"] * 5
    mentions, labels = corpus.mention_table(texts), np.array([0] * 12 + [1] * 5)
    settings = NamingSettings()
    model = topic_words(mentions, labels, settings)
    names = name_topics(model, mentions, corpus.unit_vectors(texts, 4), labels, settings)
    words = [keyword.word for keyword in names[0].keywords]
    assert any(word.startswith("top up") for word in words)
    assert "top" not in words


def test_a_word_that_every_topic_uses_is_a_keyword_where_it_stands_out() -> None:
    texts = [f"login {word}" for word in ("page", "screen", "button", "form") for _ in range(6)]
    texts += [f"{word} problem {n}" for word in ("refund", "parcel") for n in ("one", "two", "login")]
    mentions, labels = corpus.mention_table(texts), np.array([0] * 24 + [1] * 3 + [2] * 3)
    settings = NamingSettings()
    names = name_topics(
        topic_words(mentions, labels, settings), mentions, corpus.unit_vectors(texts, 4), labels, settings
    )
    assert names[0].keywords[0].word == "login"


def test_no_korean_keyword_is_one_syllable_jamo_or_vague() -> None:
    texts = ["앱 ㅠㅠ 오늘 로그인 오류 칵ᆢ", "폰 어제 로그인 오류 칵ᆢ", "돈 지금 로그인 오류"] * 3
    mentions, labels = corpus.mention_table(texts, "ko"), np.zeros(9, np.int64)
    settings = NamingSettings()
    names = name_topics(
        topic_words(mentions, labels, settings), mentions, corpus.unit_vectors(texts, 2), labels, settings
    )
    assert {keyword.word for keyword in names[0].keywords} <= {"로그인", "오류", "로그인 오류"}
