"""What people read: counts against what was expected, in their language."""

import re

import pytest

from issuemine.alerts.letter import Letter, write
from issuemine.alerts.senders.slack import markup
from issuemine.config import AlertsSettings
from issuemine.messages import Language
from issuemine.records import Mode, Nature, Quote, Scope, Severity, Signal, SignalState
from tests.issuemine.alerts.signals import days, delivery, signal

LINKED = AlertsSettings(base_url="https://issues.example/")


def letter(*signals: Signal, mode: Mode = Mode.IMMEDIATE, language: Language = "en") -> Letter:
    return write(delivery("ops", "alert_0123", mode, *signals), LINKED, language)


def test_an_alert_tells_counts_expectation_quotes_and_where_to_look() -> None:
    told = letter(signal(day=days(1), first_day=days(0)))
    assert told.subject == "New: App crashes on start"
    text = told.text()
    assert "41 records on Wednesday, August 5, 2020, about 6 expected." in text
    assert "It began on Tuesday, August 4, 2020." in text
    assert "From 38 customers." in text
    assert "“The app crashes <every> time I open a file & it *never* saves”" in text
    assert "https://issues.example/v1/topics/T12" in text


def test_an_alert_in_korean_is_all_korean() -> None:
    told = letter(signal(label="앱이 꺼짐", quotes=()), language="ko")
    assert told.subject == "새 이슈: 앱이 꺼짐"
    text = told.text()
    assert "2020년 8월 4일 화요일 기록 41건, 예상은 약 6건입니다." in text
    assert not re.search("[A-Za-z]{2,}", text.replace(LINKED.base_url or "", "").replace("/v1/topics/", ""))


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (0.1, "hardly any expected"),
        (0.6, "about 1 expected"),
        (6.5, "about 6 expected"),
        (1234.2, "about 1,234"),
    ],
)
def test_expectations_are_rounded_as_people_speak(expected: float, said: str) -> None:
    assert said in letter(signal(expected=expected)).text()


def test_a_week_and_a_single_record_are_said_as_such() -> None:
    assert "41 records in the seven days to Tuesday" in letter(signal(window="week")).text()
    assert "in the hours 09:00-12:00 UTC, " in letter(signal(window="09:00-12:00 UTC")).text()
    assert "One record on Tuesday" in letter(signal(observed=1)).text()


@pytest.mark.parametrize(
    ("nature", "said"),
    [
        (Nature.TEMPLATED, "same or nearly so"),
        (Nature.LOW_CONTENT, "too short to name a fault"),
        (Nature.ONE_CUSTOMER, "one customer"),
    ],
)
def test_what_is_no_fault_of_the_product_is_not_told_as_one(nature: Nature, said: str) -> None:
    assert said in letter(signal(nature=nature)).text()
    assert said not in letter(signal()).text()


def test_a_source_as_a_whole_and_texts_that_are_no_topic_yet_have_no_link() -> None:
    source = letter(signal("desk", scope=Scope.SOURCE, source="desk", topic_id=None, label=""))
    assert source.subject == "New: problems in desk as a whole"
    group = letter(signal("g1", scope=Scope.GROUP, topic_id=None, provisional=True))
    assert "they are no topic yet" in group.text()
    assert "http" not in source.text() + group.text()


def test_a_digest_sorts_by_what_happened_and_tells_the_largest_first() -> None:
    told = letter(
        signal("T1", label="Small", excess=3.0),
        signal("T2", label="Large", excess=30.0),
        signal("T3", label="Worse", state=SignalState.ESCALATING, severity=Severity.HIGH),
        signal("T4", label="Back", state=SignalState.REGRESSED),
        signal("T5", label="Over", state=SignalState.QUIET, observed=4, first_day=days(-6)),
        mode=Mode.DIGEST,
    )
    assert (
        told.subject == "issuemine, Tuesday, August 4, 2020: 2 new, 1 escalating, 1 back again, 1 quiet again"
    )
    assert [part.heading for part in told.parts] == ["New", "Escalating", "Back again", "Quiet again"]
    assert [item.title for part in told.parts for item in part.items] == [
        "Large",
        "Small",
        "Worse",
        "Back",
        "Over",
    ]
    over = told.parts[-1].items[0]
    assert over.lines == (
        "4 records on Tuesday, August 4, 2020, about 6 expected.",
        "That is its usual level. It had begun on Wednesday, July 29, 2020.",
    )
    assert over.quotes == ()


def test_a_long_digest_says_how_much_it_leaves_out() -> None:
    told = letter(*(signal(f"T{at}") for at in range(25)), mode=Mode.DIGEST)
    assert len(told.parts[0].items) == 20
    assert told.text().endswith("And 5 more.")


def test_line_breaks_in_labels_and_quotes_cannot_forge_a_header_or_a_line() -> None:
    forged = "Crash\r\nBcc: all@example.com"
    told = letter(signal(label=forged, quotes=(Quote("a-0", "a", 0, 9, forged, 1.0),)))
    assert told.subject == "New: Crash Bcc: all@example.com"
    assert "\nBcc" not in told.text()


def test_nobody_can_be_mentioned_and_no_link_be_made_by_what_customers_wrote() -> None:
    text = "<!channel> see <https://evil.example|here> & *now*"
    told = markup(letter(signal(label="<!here> *crash*", quotes=(Quote("a-0", "a", 0, 9, text, 1.0),))))
    assert "<!" not in told
    assert "<https://evil" not in told
    assert "&lt;!channel&gt; see &lt;https://evil.example|here&gt; &amp;" in told
    assert told.startswith("*New: &lt;!here&gt; ∗crash∗*\n")
    assert "<https://issues.example/v1/topics/T12>" in told


def test_a_text_that_is_too_long_for_a_chat_is_cut() -> None:
    long = Quote("a-0", "a", 0, 9, "so " * 9_000, 1.0)
    assert len(markup(letter(signal(quotes=(long,))))) == 12_000
