"""What redaction promises about text, spans and placeholders."""

import pytest

from issuemine.clean.redaction import PLACEHOLDER, Redacted, Redactor, Span
from issuemine.config import CleanSettings
from issuemine.errors import CleanError
from tests.issuemine.clean.redaction.corpus import ENGLISH, KOREAN


def test_a_text_without_personal_data_comes_back_as_it_is(redactor: Redactor) -> None:
    text = "로그인이 안돼요. The app crashes!\n\n  3만원 😀"
    assert redactor.redact(text) == Redacted(text, ())


def test_spans_point_into_the_original(redactor: Redactor) -> None:
    text = "메일 a.b@example.com, 전화 010-1234-5678 😀 홍길동님"
    redacted = redactor.redact(text)
    assert redacted.text == "메일 <EMAIL>, 전화 <PHONE> 😀 <PERSON>님"
    assert [text[span.start : span.end] for span in redacted.spans] == [
        "a.b@example.com",
        "010-1234-5678",
        "홍길동",
    ]


def test_what_a_placeholder_reveals_is_found_in_the_same_call(redactor: Redactor) -> None:
    # The name is only known for one by the account before it, which the first pass replaces.
    text = "신한 110-987-654321 서현진 입니다"
    redacted = redactor.redact(text)
    assert redacted.text == "신한 <BANK_ACCOUNT> <PERSON> 입니다"
    assert redacted.spans == (Span(3, 17, "BANK_ACCOUNT"), Span(18, 21, "PERSON"))


@pytest.mark.parametrize("case", ENGLISH[:40] + KOREAN[:40], ids=lambda case: case.text[:12])
def test_personal_data_is_gone_from_the_text(redactor: Redactor, case) -> None:
    redacted = redactor.redact(case.text).text
    assert all(case.text[span.start : span.end] not in redacted for span in case.spans)


def test_redacted_text_stays_as_it_is(redactor: Redactor) -> None:
    for case in ENGLISH + KOREAN:
        once = redactor.redact(case.text).text
        assert redactor.redact(once) == Redacted(once, ())


def test_every_placeholder_is_recognised(redactor: Redactor) -> None:
    for case in ENGLISH + KOREAN:
        redacted = redactor.redact(case.text)
        if "<" not in case.text:
            found = [match[0] for match in PLACEHOLDER.finditer(redacted.text)]
            assert found == [f"<{span.kind}>" for span in redacted.spans]


@pytest.mark.parametrize("text", ["<b>", "<4111111111111111>", "<M12345678>", "a < B > c", "<E-MAIL>", "<>"])
def test_other_angle_brackets_are_no_placeholders(text: str) -> None:
    assert PLACEHOLDER.search(text) is None


def test_what_stands_in_angle_brackets_is_still_redacted(redactor: Redactor) -> None:
    assert redactor.redact("<4111111111111111>").text == "<<CARD>>"


def test_many_texts_give_the_same_as_one_by_one_and_missing_stays_missing(redactor: Redactor) -> None:
    texts = [case.text for case in ENGLISH[:20]]
    assert redactor.redact_many([None, *texts, None, ""]) == [
        None,
        *(redactor.redact(text) for text in texts),
        None,
        Redacted("", ()),
    ]


def test_patterns_of_the_settings_add_kinds() -> None:
    redactor = Redactor(CleanSettings(redact_patterns={"employee_id": r"\bE\d{6}\b", "DESK": "desk [A-Z]"}))
    redacted = redactor.redact("E123456 at desk B, a@example.com, EMPLOYEE")
    assert redacted.text == "<EMPLOYEE_ID> at <DESK>, <EMAIL>, EMPLOYEE"
    assert PLACEHOLDER.findall(redacted.text) == ["<EMPLOYEE_ID>", "<DESK>", "<EMAIL>"]


def test_a_pattern_that_matches_placeholders_or_nothing_does_no_harm() -> None:
    redactor = Redactor(CleanSettings(redact_patterns={"LETTERS": r"[A-Z]+|x*"}))
    redacted = redactor.redact("AB c <EMAIL> xx")
    assert redacted.text == "<LETTERS> c <EMAIL> <LETTERS>"
    assert redactor.redact(redacted.text).spans == ()


@pytest.mark.parametrize("patterns", [{"ID": "("}, {"id 7": "x"}, {"7": "x"}, {"": "x"}])
def test_a_pattern_that_cannot_be_used_is_told(patterns: dict[str, str]) -> None:
    with pytest.raises(CleanError, match="redact_patterns"):
        Redactor(CleanSettings(redact_patterns=patterns))
