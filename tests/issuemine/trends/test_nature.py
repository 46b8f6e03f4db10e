"""What an excess is made of."""

from issuemine.records import Nature
from issuemine.trends.nature import nature_of, repeated_share

WORDS = [
    "the",
    "app",
    "closes",
    "at",
    "start",
    "after",
    "update",
    "on",
    "my",
    "phone",
    "every",
    "time",
    "since",
    "monday",
    "again",
]


def told(n: int, length: int = 8) -> list[frozenset[str]]:
    """Texts in words of their own: hardly one in common."""
    return [frozenset(f"{word}{at}" for word in WORDS[:length]) for at in range(n)]


def test_many_people_in_their_own_words_are_organic() -> None:
    people = [f"c{at}" for at in range(12)]
    assert nature_of(told(12), people, usual_brief=0.1) is Nature.ORGANIC


def test_a_copied_text_is_templated_however_many_send_it() -> None:
    texts = [frozenset(WORDS)] * 8 + told(4)
    assert nature_of(texts, [f"c{at}" for at in range(12)], usual_brief=0.1) is Nature.TEMPLATED


def test_a_copy_with_a_word_changed_is_still_a_copy() -> None:
    texts = [frozenset([*WORDS, f"name{at}"]) for at in range(6)]
    assert repeated_share(texts) == 1.0


def test_short_texts_are_alike_by_chance() -> None:
    assert repeated_share([frozenset({"app", "crash"})] * 10) == 0.0


def test_one_customer_over_and_over_is_told_as_such() -> None:
    assert nature_of(told(10), ["c1"] * 7 + ["c2", "c3", "c4"], usual_brief=0.1) is Nature.ONE_CUSTOMER
    assert nature_of(told(10), ["c1", "c2"] * 5, usual_brief=0.1) is Nature.ONE_CUSTOMER


def test_customers_that_are_not_known_say_nothing() -> None:
    assert nature_of(told(10), ["c1", "c1", *[None] * 8], usual_brief=0.1) is Nature.ORGANIC


def test_a_burst_of_short_texts_has_low_content_unless_they_share_a_new_theme() -> None:
    texts = told(6, length=2) + told(6)
    nobody = [None] * 12
    assert nature_of(texts, nobody, usual_brief=0.1) is Nature.LOW_CONTENT
    assert nature_of(texts, nobody, usual_brief=0.1, theme=0.6) is Nature.ORGANIC


def test_where_people_always_write_shortly_short_texts_are_no_sign() -> None:
    assert nature_of(told(12, length=2), [None] * 12, usual_brief=0.9) is Nature.ORGANIC
