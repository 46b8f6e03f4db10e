import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.boilerplate import BoilerplateFinder

FINDER = BoilerplateFinder()


def kept(body: str, subject: str = "") -> str:
    """What is left of a body, white space evened."""
    text = list(body)
    for start, end, _ in FINDER.find(subject, body, 0):
        text[start:end] = "\x00" * (end - start)
    return " ".join("".join(text).replace("\x00", " ").split())


def reasons(body: str) -> list[str]:
    return [reason for *_, reason in FINDER.find("", body, 0)]


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (
            "Still broken.\n\nOn Mon, 3 Jan 2022 at 10:00, Support <EMAIL> wrote:\n> Did you\n> try?",
            "Still broken.",
        ),
        ("Still broken.\n\nOn Mon, 3 Jan 2022 at 10:00,\nSupport wrote:\n\nDid you try?", "Still broken."),
        ("On Mon, Support wrote:\n> Did you try?\n\nYes I did.", "Yes I did."),
        ("> Did you try?\nYes.\n> And again?\nNo.", "Yes. No."),
        ("No luck.\n\nFrom: Support\nSent: Monday\nTo: me\nSubject: RE: it\n\nTry again", "No luck."),
        ("No luck.\n\n-----Original Message-----\nFrom: a\nTo: b\nSubject: c\n\nold text", "No luck."),
        ("No luck.\n________________________________\nFrom: a\nTo: b\nSubject: c\n\nold text", "No luck."),
        (
            "안 돼요.\n\n2024년 1월 5일 (금) 오후 3:12, 홍길동 <EMAIL>님이 작성:\n\n> 다시 해 보세요",
            "안 돼요.",
        ),
        (
            "안 돼요.\n\n보낸 사람: 고객센터\n보낸 날짜: 어제\n받는 사람: 나\n제목: 답변\n\n확인 중입니다",
            "안 돼요.",
        ),
        ("안 돼요.\n\n----- 원본 메시지 -----\n확인 중입니다", "안 돼요."),
        ("Crashes.\n -------------------- \n Developer response: Thank you for writing.", "Crashes."),
        ("앱이 느려요\n개발자 답변: 불편을 드려 죄송합니다", "앱이 느려요"),
        ("##- Please type your reply above this line -##\n\nThe fee is wrong", "The fee is wrong"),
        ("No luck here at all.\n\nBegin forwarded message:\n\nold text", "No luck here at all."),
    ],
)
def test_earlier_messages_are_marked(body: str, own: str) -> None:
    assert kept(body) == own


def test_a_forwarded_message_with_hardly_a_word_above_it_is_the_message() -> None:
    body = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Jane\nDate: x\nSubject: y\n\nThe bill is wrong"
    )
    assert kept(body) == "FYI The bill is wrong"


def test_fields_at_the_top_hide_only_themselves() -> None:
    body = "From: web form\nDate: today\nSubject: bill\n\nThe bill is wrong"
    assert kept(body) == "The bill is wrong"


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (
            "Hi team,\n\nIt crashes.\n\nBest regards,\nJohn Smith\nHead of Sales, Acme\n+44 1234 567",
            "It crashes.",
        ),
        ("It crashes.\n\nThanks\nJohn", "It crashes."),
        ("It crashes.\n\nThanks for your help!\n\nSent from my iPhone", "It crashes."),
        ("It crashes. Sent from my Galaxy S9", "It crashes."),
        ("It crashes.\n\n-- \nJohn Smith\nAcme Inc", "It crashes."),
        ("Dear Sir or Madam,\nthe bill is wrong.\nYours sincerely,\n<PERSON>", "the bill is wrong."),
        ("Hello! It crashes.", "It crashes."),
        ("Good morning,\nHi all,\nIt crashes.", "It crashes."),
        ("안녕하세요. 결제가 안 됩니다.\n감사합니다.\n홍길동 드림", "결제가 안 됩니다."),
        ("담당자님 안녕하세요!\n결제가 안 됩니다.\n수고하세요", "결제가 안 됩니다."),
        ("결제가 안 됩니다.\n\n나의 iPhone에서 보냄", "결제가 안 됩니다."),
        (
            "It crashes.\n\nThis email and any attachments are confidential. If you are not the\n"
            "intended recipient, delete it.",
            "It crashes.",
        ),
        ("CAUTION: This email originated from outside of the company.\n\nIt crashes.", "It crashes."),
        ("결제가 안 됩니다.\n\n본 메일은 발신 전용입니다.", "결제가 안 됩니다."),
    ],
)
def test_courtesies_and_footers_are_marked(body: str, own: str) -> None:
    assert kept(body) == own


@pytest.mark.parametrize(
    "body",
    [
        "Hello world app crashes.",
        "Hi I just wanted the app to load",
        "Good morning staff were rude.",
        "Dear Teams please fix this",
        "Great service\nThank you\nStaff very friendly",
        "To do:\n- one\n- two",
        "It took >5 minutes\n> 5 minutes is too long",
        "Faces:\n>_<\n>:(",
        "Best app ever\nBest",
        "Sent from one side of the city to the other.",
        "From: field is missing in the export",
        "문의드립니다.\n환불해 드림",
        "감사합니다 라는 말이 안 나와요",
        "Thanks to the update it crashes",
        "The intended recipient says that my money has not arrived",
        "I wrote to you on Monday and nobody wrote: nothing",
    ],
)
def test_what_people_say_is_not_taken_for_boilerplate(body: str) -> None:
    assert FINDER.find("", body, 0) == []


def test_reply_prefixes_of_a_subject_are_marked() -> None:
    assert FINDER.find("RE: FW: [#123] login", "", 0) == [(0, 15, "reply_prefix")]
    assert FINDER.find("회신: 로그인", "", 0) == [(0, 4, "reply_prefix")]
    assert FINDER.find("Re:", "", 0) == []


def test_each_range_tells_its_reason() -> None:
    body = "Hi,\nbroken\nThanks,\nJo\n\nOn 1 May 2024, you wrote:\n> old"
    assert reasons(body) == ["greeting", "signature", "quoted_reply"]


def test_headers_of_other_configured_languages_are_known() -> None:
    body = "Geht nicht.\n\nAm 01.01.2025 schrieb Hans Meier:\n> alt"
    assert FINDER.find("", body, 0)[0][0] > body.index("schrieb")
    german = BoilerplateFinder(("en", "de")).find("", body, 0)
    assert body[: german[0][0]].strip() == "Geht nicht."


_LINES = st.sampled_from(
    [
        "Hi,",
        "> old",
        "On x wrote:",
        "Thanks,",
        "From: a",
        "To: b",
        "Subject: c",
        "-- ",
        "Jo",
        "It broke.",
        "",
        "👍",
    ]
)


@given(st.one_of(st.text(), st.lists(_LINES, max_size=12).map("\n".join)), st.text(max_size=5))
def test_ranges_are_in_order_apart_and_inside(body: str, subject: str) -> None:
    offset = len(subject) + 2
    spans = FINDER.find(subject, body, offset)
    edges = [edge for start, end, _ in spans for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end for start, end, _ in spans)
    assert all(end <= len(subject) or start >= offset for start, end, _ in spans)
    assert not edges or edges[-1] <= offset + len(body)


@pytest.mark.parametrize("line", ["on ", "> ", "From: x\n", "2024년 ", "-----", "안녕하세요 ", "Thanks "])
def test_long_texts_of_telling_words_are_read_without_hanging(line: str) -> None:
    FINDER.find("", line * 30_000, 0)
