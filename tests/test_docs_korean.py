"""Each page that tells how to do something has a Korean twin that has not drifted from it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(page.name for page in (ROOT / "docs").glob("*.md"))
TWINS = [
    (ROOT / "README.md", ROOT / "README.ko.md"),
    *((ROOT / "docs" / name, ROOT / "docs" / "ko" / name) for name in PAGES),
]
SHOWN_IN_ITS_LANGUAGE = ("README.md",)
"""Pages with output of the program, which each language shows in its own."""


def headings(page: Path) -> list[int]:
    """Levels of the headings, in their order."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]


def code(page: Path, *, shown: bool) -> list[tuple[str, str]]:
    """Kind and content of the code blocks, without what comments say in words; output only if asked for."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [
        (kind, re.sub(r"\s+#.*$", "", block, flags=re.MULTILINE) if kind != "text" or shown else "")
        for kind, block in blocks
    ]


def rows(page: Path) -> list[list[str]]:
    """Code in the first cell of each row of the tables, or in the second where the first has none."""
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")] if line.startswith("|") else []
        if any(cells):
            found.append(next(cell for cell in cells if cell))
    return found


def test_no_twin_is_left_over() -> None:
    korean = {page.name for page in (ROOT / "docs" / "ko").glob("*.md")} - {"README.md"}
    assert korean <= set(PAGES)


@pytest.mark.parametrize(("page", "twin"), TWINS, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_has_a_korean_twin_of_the_same_build(page: Path, twin: Path) -> None:
    assert twin.is_file(), f"write {twin.relative_to(ROOT)}"
    assert headings(twin) == headings(page)
    shown = page.name not in SHOWN_IN_ITS_LANGUAGE
    assert code(twin, shown=shown) == code(page, shown=shown)
    assert [row for row in rows(page) if row not in rows(twin)] == []
    korean = len(re.findall("[가-힣]", twin.read_text(encoding="utf-8")))
    assert korean > 100


def test_both_readmes_lead_to_each_other_at_their_top() -> None:
    for page, other in (("README.md", "README.ko.md"), ("README.ko.md", "README.md")):
        top = (ROOT / page).read_text(encoding="utf-8").split("\n\n")[1]
        assert f"({other})" in top


def test_the_korean_index_names_every_korean_page() -> None:
    index = (ROOT / "docs" / "ko" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "ko").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index
