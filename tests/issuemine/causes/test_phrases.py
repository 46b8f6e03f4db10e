"""Phrases that are new are found, with intervals; those that were always said are not."""

import numpy as np
import pytest

from issuemine.causes.phrases import Saying, new_phrases

WORDS = (
    "app",
    "login",
    "screen",
    "button",
    "help",
    "order",
    "page",
    "account",
    "card",
    "bill",
    "phone",
    "email",
)


def saying(number: int, text: str) -> Saying:
    words, start = [], 0
    for word in text.split():
        pos = "STOP" if word in {"after", "the", "since", "it"} else "NOUN"
        words.append((word.lower(), pos, start, start + len(word)))
        start += len(word) + 1
    return Saying(f"m{number}", text, tuple(words))


def mentions(count: int, seed: int, said: str = "", share: float = 0.0) -> list[Saying]:
    generator = np.random.default_rng(seed)
    found = []
    for number in range(count):
        text = " ".join(generator.choice(WORDS, 5, replace=False))
        found.append(saying(number, f"{text} {said}" if said and generator.random() < share else text))
    return found


def test_a_phrase_that_was_not_said_before_is_found_whole_and_with_its_place() -> None:
    recent = mentions(60, 0, "after the update", 0.5)
    (found, *_) = new_phrases(recent, mentions(200, 1), mentions(500, 2))
    assert found.phrase == "after the update"
    assert 0 < found.low < found.log_odds < found.high
    texts = {each.mention_id: each.text for each in recent}
    assert {texts[quote.mention_id][quote.start : quote.end] for quote in found.quotes} == {
        "after the update"
    }


def test_nothing_is_found_where_people_say_the_same() -> None:
    for seed in range(20):
        assert new_phrases(mentions(60, seed), mentions(200, 100 + seed), mentions(300, 200 + seed)) == []


def test_what_everybody_says_now_is_not_of_the_topic() -> None:
    recent, others = mentions(60, 3, "Christmas", 0.4), mentions(500, 4, "Christmas", 0.6)
    assert new_phrases(recent, mentions(200, 5), others) == []


def test_the_estimate_is_the_log_odds_ratio_where_there_is_plenty() -> None:
    recent, past = mentions(4_000, 6, "outage", 0.30), mentions(4_000, 7, "outage", 0.10)
    (found, *_) = new_phrases(recent, past, mentions(100, 8))
    plain = np.log(0.30 / 0.70) - np.log(0.10 / 0.90)
    # The prior pulls towards 0: it is as heavy as all the mentions together.
    assert 0 < found.log_odds < plain
    assert found.mentions / 4_000 == pytest.approx(0.30, abs=0.03)


@pytest.mark.parametrize("said", ["어제 부터", "업데이트 이후"])
def test_since_when_is_told_in_korean_though_its_words_are_function_words(said: str) -> None:
    function_words = {"어제", "부터", "이후"}

    def words(mentions: list[Saying]) -> list[Saying]:
        return [
            Saying(
                each.mention_id,
                each.text,
                tuple((w, "STOP" if w in function_words else pos, a, b) for w, pos, a, b in each.words),
            )
            for each in mentions
        ]

    recent = words(mentions(60, 9, said, 0.5))
    (found, *_) = new_phrases(recent, words(mentions(200, 10)), words(mentions(300, 11)))
    assert found.phrase == said
