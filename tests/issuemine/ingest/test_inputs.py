from collections.abc import Callable
from pathlib import Path

import pytest

from issuemine.errors import IngestError
from issuemine.ingest import expand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.jsonl", "deep/er/c.parquet", "notes.md", ".hidden.csv", ".cache/d.csv"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return tmp_path


def test_a_folder_gives_its_exports_sorted_and_no_other_or_hidden_file(folder: Path) -> None:
    assert expand([str(folder)]) == [folder / "a.jsonl", folder / "b.csv", folder / "deep/er/c.parquet"]


def test_globs_files_and_folders_together_list_each_file_once_in_any_order(folder: Path) -> None:
    (folder / "link.csv").symlink_to(folder / "b.csv")
    inputs = [str(folder / "**/*.parquet"), str(folder / "b.csv"), str(folder), str(folder / "*.csv")]
    assert expand(inputs) == expand(inputs[::-1][1:] + inputs[:2][::-1])
    assert [path.name for path in expand(inputs[:2])] == ["b.csv", "c.parquet"]
    assert len({path.resolve() for path in expand(inputs)}) == len(expand(inputs)) == 3


def test_a_file_named_outright_may_have_any_suffix_and_brackets_in_its_name(folder: Path) -> None:
    odd = folder / "export[1].dat"
    odd.write_text("x")
    assert expand([str(odd)]) == [odd]


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda root: [str(root / "none.csv")], "none.csv"),
        (lambda root: [str(root / "b.csv"), str(root / "*.tsv")], "*.tsv"),
        (lambda root: [str(root / "empty")], "holds no export"),
        (lambda _: [], "No input"),
    ],
)
def test_an_input_that_stands_for_nothing_is_named(
    folder: Path, make: Callable[[Path], list[str]], part: str
) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(IngestError, match=part.replace("*", r"\*")) as caught:
        expand(make(folder))
    assert caught.value.hint
