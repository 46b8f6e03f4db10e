from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuemine.clean.cleaner import Cleaner
from issuemine.clean.mentions import MentionSplitter
from issuemine.clean.passages import find_passages
from issuemine.config import CleanSettings
from issuemine.records import MENTION_SCHEMA
from tests.issuemine.clean.tables import raw_records, records

SETTINGS = CleanSettings(mention_tokens=24)
KEY = b"k" * 32


@pytest.fixture(scope="module")
def splitter() -> MentionSplitter:
    return MentionSplitter(SETTINGS)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(SETTINGS, KEY)


def cut(splitter: MentionSplitter, text: str, **columns: Any) -> list[str]:
    return list(splitter.split(records(text, **columns))["text"].to_pylist())


def check(table: pa.Table, mentions: pa.Table) -> None:
    """What must hold of any mentions of any records."""
    mentions.validate(full=True)
    texts = dict(zip(table["record_id"].to_pylist(), table["text"].to_pylist(), strict=True))
    last: tuple[str, int, int] = ("", -1, 0)
    for row in mentions.to_pylist():
        text = row["text"]
        assert texts[row["record_id"]][row["start"] : row["end"]] == text == text.strip() != ""
        if row["record_id"] == last[0]:
            assert row["ordinal"] == last[1] + 1
            assert row["start"] >= last[2]
        else:
            assert row["ordinal"] == 0
        assert row["mention_id"] == f"{row['record_id']}-{row['ordinal']}"
        last = (row["record_id"], row["ordinal"], row["end"])
        position = 0
        for token in row["tokens"]:
            assert position <= token["start"] < token["end"] <= len(text)
            position = token["end"]
    with_text = [key for key, text in texts.items() if text.strip()]
    assert list(dict.fromkeys(mentions["record_id"].to_pylist())) == with_text


def test_the_result_has_the_schema(splitter: MentionSplitter) -> None:
    assert splitter.split(records("It fails.")).schema.equals(MENTION_SCHEMA)
    assert splitter.split(records()).schema.equals(MENTION_SCHEMA)
    assert splitter.split(records("")).num_rows == 0


def test_a_short_text_is_one_mention_with_its_subject(splitter: MentionSplitter) -> None:
    text = "Login\n\nIt fails. Every time I try."
    assert cut(splitter, text) == [text]


def test_a_long_answer_is_cut_at_sentences(splitter: MentionSplitter) -> None:
    waiting = "The waiting time in the department was far too long for an old and frail man like me."
    food = "On the other hand the food that they gave us in the evening was surprisingly good and warm."
    assert cut(splitter, f"{waiting} {food}") == [waiting, food]


def test_list_items_are_cut_apart(splitter: MentionSplitter) -> None:
    items = [
        "- the car park was full again this morning",
        "- nobody at the desk knew about my letter",
        "- the food was cold and came much too late",
    ]
    assert cut(splitter, "\n".join(items)) == items


def test_lines_that_were_only_wrapped_are_not_cut(splitter: MentionSplitter) -> None:
    text = "The screen goes black as soon as I press the button that\nsends the form to you."
    assert cut(splitter, text) == [text]


def test_a_sentence_without_end_is_cut_all_the_same(splitter: MentionSplitter) -> None:
    text = " ".join(f"word{n}," if n % 10 == 9 else f"word{n}" for n in range(200))
    parts = cut(splitter, text)
    assert " ".join(parts) == text
    assert all(10 <= len(part.split()) <= 48 for part in parts)


def test_no_mention_covers_or_bridges_boilerplate(splitter: MentionSplitter, cleaner: Cleaner) -> None:
    body = "Hi team,\nthe first part is broken.\n> old text\nthe second part is, too.\n\nThanks,\nJo"
    table = cleaner.clean(raw_records({"body": body}))
    mentions = splitter.split(table)["text"].to_pylist()
    assert mentions == ["the first part is broken.", "the second part is, too."]


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Hello!",
        "Thank you\n\nSent from my iPhone",
        "> quoted only",
        "안녕하세요",
        "😡",
        "<EMAIL>",
        "-",
    ],
)
def test_a_record_that_is_all_boilerplate_keeps_the_least(
    splitter: MentionSplitter, cleaner: Cleaner, text: str
) -> None:
    mentions = splitter.split(cleaner.clean(raw_records({"body": text})))["text"].to_pylist()
    assert len(mentions) >= 1
    assert "iPhone" not in mentions[0]


def test_templates_are_left_out_unless_nothing_else_is_there(splitter: MentionSplitter) -> None:
    text = "Sent by the machine in the cellar. My order never came."
    pieces, _ = find_passages(text, "shop", [(0, len(text))])
    known = frozenset({pieces[0].key})
    assert splitter.split(records(text), known)["text"].to_pylist() == ["My order never came."]
    alone = "Sent by the machine in the cellar."
    assert splitter.split(records(alone), known)["text"].to_pylist() == [alone]


def test_a_mention_has_the_language_that_it_is_written_in(splitter: MentionSplitter) -> None:
    text = "The app does not open any more since the update. 업데이트 후에 앱이 전혀 열리지 않습니다."
    mentions = splitter.split(records(text))
    assert mentions["language"].to_pylist() == ["en", "ko"]
    assert mentions["text"][1].as_py() == "업데이트 후에 앱이 전혀 열리지 않습니다."


def test_tokens_are_those_of_the_mention(splitter: MentionSplitter) -> None:
    text = (
        "The waiting time in this department was far too long for a man like me. 😀 "
        "The cards were declined in every single shop of the whole town."
    )
    rows = splitter.split(records(text)).to_pylist()
    tokens = rows[-1]["tokens"]
    assert [
        rows[-1]["text"][token["start"] : token["end"]] for token in tokens if token["lemma"] == "card"
    ] == ["cards"]


def test_the_same_records_give_the_same_mentions_in_any_batching(splitter: MentionSplitter) -> None:
    table = records(*(f"Order {n} is late. 주문 {n}번이 늦어요. " * (n % 4 + 1) for n in range(40)))
    whole = splitter.split(table)
    parts = [splitter.split(table.slice(start, 7)) for start in range(0, 40, 7)]
    assert whole.equals(pa.concat_tables(parts))
    check(table, whole)


def test_progress_counts_every_record(splitter: MentionSplitter) -> None:
    seen: list[int] = []
    splitter.split(records(*["It fails."] * 5), progress=seen.append)
    assert sum(seen) == 5


WILD = st.lists(
    st.sampled_from(
        [
            *(
                "It fails. ",
                "Why?! ",
                "안 돼요. ",
                "결제가 안 되고 ",
                "한글English섞임 ",
                "e\u0301",
                "👩‍👩‍👧",
                "🇰🇷",
                "مرحبا ",
                "\u200b",
                "\u202e",
            ),
            *(
                "\r\n",
                "\n",
                "\n\n",
                "\t",
                "\u3000",
                "> old\n",
                "Hi,\n",
                "Thanks,\nJo\n",
                "<EMAIL>",
                "<b>x</b>",
                "&amp;",
                "- item\n",
            ),
            *(
                "1. ",
                "①",
                "a" * 60 + " ",
                "無法登入。",
                "（删除）",
                "...",
                "…",
                "“quote” ",
                "\x00",
                "ㅠㅠ",
                "ㅋ",
                "-- \n",
            ),
        ]
    )
    | st.text(max_size=6),
    max_size=40,
).map("".join)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=150,
)
@given(st.lists(st.tuples(st.none() | st.text(max_size=20), WILD), min_size=1, max_size=4))
def test_offsets_cut_out_exactly_the_mentions_of_wild_texts(
    splitter: MentionSplitter, cleaner: Cleaner, rows: list[tuple[str | None, str]]
) -> None:
    table = cleaner.clean(raw_records(*({"subject": subject, "body": body} for subject, body in rows)))
    check(table, splitter.split(table))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(WILD)
def test_offsets_are_right_in_texts_that_were_never_cleaned(splitter: MentionSplitter, text: str) -> None:
    table = records(text)
    check(table, splitter.split(table))
