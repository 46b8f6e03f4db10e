import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.ingest import fields


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        (" 4.5 ", 4.5),
        ("4,5", 4.5),
        ("4/5", 4),
        ("80 %", 80),
        ("5점", 5),
        ("3 stars", 3),
        ("★★★★☆", 4),
        ("1e1", 10),
        ("", None),
        ("N/A", None),
        ("없음", None),
    ],
)
def test_scores_are_read_as_people_write_them(text: str, value: float | None) -> None:
    values, bad = fields.numbers(pa.array([text]), "rating")
    assert values.to_pylist() == [value]
    assert not bad.any()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("rating", "abc"),
        ("rating", "-1"),
        ("rating", "101"),
        ("nps", "11"),
        ("replies", "1.5"),
        ("replies", "-2"),
        ("csat", "four"),
        ("rating", "4 5"),
        ("contacts", "99999999999999"),
    ],
)
def test_what_is_no_number_in_the_fields_range_is_told(field: str, text: str) -> None:
    values, bad = fields.numbers(pa.array([text, "3"]), field)
    assert values.to_pylist() == [None, 3]
    assert bad.tolist() == [True, False]


def test_counts_are_whole_numbers() -> None:
    values, _ = fields.numbers(pa.array([1.0, None, 3.0]), "reopens")
    assert values.type == pa.int32()
    assert values.to_pylist() == [1, None, 3]


def test_languages_kinds_and_tags_are_normalised() -> None:
    values, bad = fields.languages(pa.array(["en-US", "한국어", "KO", "klingon!", ""]))
    assert (values.to_pylist(), bad.tolist()) == (["en", "ko", "ko", None, None], [False] * 3 + [True, False])
    values, bad = fields.kinds(pa.array(["Ticket", "REVIEW", "party", None]))
    assert (values.to_pylist(), bad.tolist()) == (
        ["ticket", "review", None, None],
        [False, False, True, False],
    )
    assert fields.tags(pa.array(["a, b;c|a", " , ", None])).to_pylist() == [["a", "b", "c"], [], None]


@given(st.integers(0, 6), st.integers(1, 4), st.data())
def test_attributes_hold_every_filled_cell_of_its_own_row(n: int, m: int, data: st.DataObject) -> None:
    cell = st.sampled_from([None, "", " ", "x", " y "])
    table = {f"c{at}": data.draw(st.lists(cell, min_size=n, max_size=n)) for at in range(m)}
    maps = fields.attributes({name: pa.array(cells, pa.string()) for name, cells in table.items()}, n)
    expected = [
        [(name, cells[row].strip()) for name, cells in table.items() if cells[row] and cells[row].strip()]
        for row in range(n)
    ]
    assert maps.to_pylist() == expected


def test_text_of_typed_columns_is_what_a_person_would_write() -> None:
    assert fields.as_text(pa.array([1.0, None, float("nan")])).to_pylist() == ["1", None, None]
    assert fields.as_text(pa.array([1.5, 2.0])).to_pylist() == ["1.5", "2"]
    assert fields.as_text(pa.array([["a", "b"], [], None])).to_pylist() == ["a|b", "", None]
    zoned = pa.array([0], pa.timestamp("s", tz="Asia/Seoul"))
    assert fields.as_text(zoned).to_pylist() == ["1970-01-01 00:00:00"]
    assert fields.as_text(pa.array(np.array([3], dtype=np.int8))).to_pylist() == ["3"]
