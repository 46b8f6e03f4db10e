"""What came before and what comes next is told in sentences, from what the store holds."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from issuemine.causes import told_sequences
from issuemine.messages import spoken
from issuemine.store.connection import Database
from issuemine.store.sequences import sequence_basis, topic_sequences
from tests.issuemine.causes.contacts import FIRST, chatter, follow


@pytest.fixture(scope="module")
def published() -> Iterator[Database]:
    """Tables of a snapshot in which T3 leads to T7, with half as many records that name no customer."""
    generator = np.random.default_rng(1)
    contacts = chatter(generator)
    follow(contacts, generator, "T3", "T7", share=0.3, days=5)
    found = [{"place": place, **asdict(each)} for place, each in enumerate(contacts.found())]
    for _, at, topic in contacts.rows[::2]:
        contacts.add(None, at, topic)
    topics = [{"topic_id": f"T{n}", "label": f"issue {n}", "hidden": n == 9} for n in range(1, 11)]
    with Database(Path(":memory:")) as database:
        contacts.fill(database)
        basis = sequence_basis(database, FIRST.date().replace(month=4), 14)
        database.create("topic_sequences", pa.Table.from_pylist(found))
        database.create("sequence_basis", basis)
        database.create("topics", pa.Table.from_pylist(topics))
        yield database


def told(database: Database, topic_id: str) -> dict[str, Any]:
    return told_sequences(topic_sequences(database, topic_id), most=5)


def test_the_first_issue_is_told_what_comes_next_and_the_second_what_came_before(published: Database) -> None:
    first, second = told(published, "T3"), told(published, "T7")
    assert ([each["other_id"] for each in first["next"]], first["before"]) == (["T7"], [])
    assert ([each["other_id"] for each in second["before"]], second["next"]) == (["T3"], [])
    assert "“issue 7” (T7) comes next" in first["next"][0]["sentence"]
    assert "“issue 3” (T3) came before" in second["before"][0]["sentence"]
    assert "5 days later" in first["next"][0]["sentence"]


def test_what_settling_both_at_once_saves_has_an_interval(published: Database) -> None:
    (found,) = told(published, "T3")["next"]
    assert 0 < found["saved_low"] < found["excess"] < found["saved_high"] < found["contacts"]
    assert f"about {found['excess']:,.0f} contacts" in found["saving"]


def test_records_without_a_customer_are_said_to_be_left_out(published: Database) -> None:
    assert "33% of records name no customer" in told(published, "T3")["message"]


def test_where_nothing_comes_before_or_after_that_is_said(published: Database) -> None:
    found = told(published, "T1")
    assert (found["before"], found["next"]) == ([], [])
    assert found["message"].startswith("No issue stands out before or after this one.")


def test_the_sentences_are_in_korean_too(published: Database) -> None:
    with spoken("ko"):
        (found,) = told(published, "T3")["next"]
    assert found["sentence"].startswith("다음에 오는 이슈: “issue 7”(T7)")


def test_a_snapshot_made_before_sequences_were_looked_for_says_so() -> None:
    with Database(Path(":memory:")) as database:
        found = told(database, "T1")
    assert found["basis"] is None
    assert "next run" in found["message"]
