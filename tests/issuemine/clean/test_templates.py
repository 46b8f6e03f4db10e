import random

import pyarrow as pa
import pytest

from issuemine.clean.passages import find_passages
from issuemine.clean.templates import PASSAGE_SCHEMA, outside, passages, template_ranges, templates
from issuemine.config import CleanSettings
from tests.issuemine.clean.tables import records

SETTINGS = CleanSettings()
WORDS = (
    "invoice",
    "late",
    "broken",
    "slow",
    "button",
    "page",
    "order",
    "refund",
    "screen",
    "login",
    "never",
    "again",
    "wrong",
    "twice",
    "today",
)


def found(*texts: str) -> set[str]:
    """The templates among texts of one source, as they read where they first stand."""
    known = decide(passages(records(*texts)), {"shop": len(texts)})
    ranges = [
        (text, span) for text in texts for span in template_ranges(text, "shop", [(0, len(text))], known)
    ]
    return {text[start:end] for text, (start, end) in ranges}


def decide(rows: pa.Table, sizes: dict[str, int]) -> frozenset[str]:
    counts = rows.group_by(["source", "passage_hash"]).aggregate([("record_id", "count"), ("alone", "sum")])
    return templates(
        counts.rename_columns(["source", "passage_hash", "n_records", "n_alone"]), sizes, SETTINGS
    )


def messages(n: int, seed: int = 0) -> list[str]:
    """Messages that hardly two people write alike."""
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=rng.randint(4, 12))).capitalize() + "." for _ in range(n)]


def test_a_remark_in_brackets_on_many_titles_is_a_template() -> None:
    texts = [f"{text}（该条评论已经被删除）" if n % 9 == 0 else text for n, text in enumerate(messages(900))]
    assert found(*texts) == {"（该条评论已经被删除）"}


def test_form_labels_and_footers_are_templates_whatever_numbers_stand_in_them() -> None:
    texts = [
        f"Order number: {n}\nYour message: {text}\nTicket {n} was opened by our web form at 10:{n % 60}."
        for n, text in enumerate(messages(300))
    ]
    assert {piece.rstrip("0123456789 ") for piece in found(*texts)} >= {"Order number:", "Your message:"}
    assert "Ticket 7 was opened by our web form at 10:7." in found(*texts)
    assert not found(*texts) & set(messages(300))


def test_what_many_people_write_as_their_whole_message_is_no_template() -> None:
    texts = ["The app keeps crashing all the time."] * 200 + messages(800)
    assert found(*texts) == set()


def test_a_frequent_message_below_a_template_is_no_template() -> None:
    complaints = ["I can not log in to my account.", "The app keeps crashing all the time."]
    texts = [f"Feedback of the last seven days is here.\n{complaints[n % 2]}" for n in range(60)]
    texts += [f"Feedback of the last seven days is here.\n{text}" for text in messages(300)]
    assert found(*texts) == {"Feedback of the last seven days is here."}


def test_the_lines_of_a_template_are_found_though_they_always_stand_together() -> None:
    head = "This message was sent by a machine.\nDo not answer to this mail address."
    texts = [f"{head}\n{text}" for text in messages(300)]
    assert found(*texts) == set(head.split("\n"))


@pytest.mark.parametrize(
    "phrase", ["Great app.", "Please fix this!", "Love it", "감사합니다.", "앱이 안 열려요"]
)
def test_short_phrases_are_never_templates(phrase: str) -> None:
    assert found(*(f"{text} {phrase}" for text in messages(300))) == set()


def test_a_passage_in_too_few_records_is_no_template() -> None:
    few = [f"Sent by the machine in the cellar. {text}" for text in messages(19)]
    assert found(*few, *messages(300, seed=1)) == set()


def test_a_template_of_one_source_is_none_in_another() -> None:
    texts = [f"Sent by the machine in the cellar. {text}" for text in messages(100)]
    known = decide(passages(records(*texts, source="a")), {"a": 100})
    text = texts[0]
    assert template_ranges(text, "a", [(0, len(text))], known)
    assert not template_ranges(text, "b", [(0, len(text))], known)


def test_the_share_is_of_the_records_of_the_source() -> None:
    rows = pa.table(
        {"source": ["a", "b"], "passage_hash": ["x", "y"], "n_records": [30, 30], "n_alone": [0, 0]}
    )
    assert templates(rows, {"a": 6_001, "b": 5_999}, SETTINGS) == {"y"}
    assert templates(rows.slice(0, 0), {}, SETTINGS) == frozenset()


def test_boilerplate_is_not_looked_at() -> None:
    text = "Broken. Kind regards from the whole support team."
    spans = [{"start": 8, "end": len(text), "reason": "signature"}]
    table = records(*[text] * 5, boilerplate=spans)
    assert passages(table).num_rows == 0
    assert passages(table).schema.equals(PASSAGE_SCHEMA)


def test_each_record_has_a_passage_once() -> None:
    rows = passages(records("The very same five words. The very same five words. Other."))
    assert rows.num_rows == len(set(rows["passage_hash"].to_pylist())) == 2


def test_pieces_partition_a_text() -> None:
    text = "Title (with a remark) goes on. Second: x\nLabel: value here. 【안내】 끝"
    pieces, _ = find_passages(text, "s", [(0, len(text))])
    assert [text[piece.start : piece.end] for piece in pieces] == [
        "Title",
        "(with a remark)",
        "goes on.",
        "Second: x",
        "Label:",
        "value here.",
        "【안내】 끝",
    ]


def test_what_lies_outside_ranges() -> None:
    assert outside([], 5) == [(0, 5)]
    assert outside([(0, 2), (1, 3), (4, 5)], 7) == [(3, 4), (5, 7)]
    assert outside([(0, 7)], 7) == []
