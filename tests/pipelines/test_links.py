"""Links between the topics of a run: true ones on the sample, and a wrong glossary told in time."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.linking import judge
from issuemine.config import Settings
from issuemine.errors import NamingError
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.listing import listing
from pipelines.nightly import nightly
from pipelines.progress import Silent
from pipelines.summary import print_topics
from tests.conftest import Mined


def test_links_of_the_sample_are_between_topics_of_one_true_issue(mined: Mined) -> None:
    snapshot = Snapshots(Layout(mined.warehouse)).current()
    found = judge(snapshot.database, mined.truth)
    assert len(found.links) >= 10
    assert found.precision >= 0.85
    assert found.top_recall >= 0.5


def test_a_link_stands_small_under_its_topic(mined: Mined) -> None:
    snapshot = Snapshots(Layout(mined.warehouse)).current()
    printed = io.StringIO()
    print_topics(Console(width=200, file=printed), snapshot, 28, 100)
    best = [topic["linked"][0] for topic in listing(snapshot, 28, 100)["topics"] if topic["linked"]]
    lines = [line.strip() for line in printed.getvalue().splitlines() if line.lstrip().startswith("≈")]
    assert best
    assert len(lines) == len(best)
    for line, other in zip(lines, best, strict=True):
        assert line.startswith(f"≈ {other['topic_id']} {other['label']}")


def test_a_wrong_line_of_the_own_glossary_stops_the_run_before_anything_is_encoded(
    mined: Mined, tmp_path: Path
) -> None:
    own = tmp_path / "words.tsv"
    own.write_text("en\tko\nlogin\n", encoding="utf-8")
    settings = Settings(naming={"glossary": own})  # type: ignore[arg-type]
    told: list[str] = []

    class Listening(Silent):
        def stage(self, name: str, total: int | None):  # type: ignore[no-untyped-def]
            told.append(name)
            return super().stage(name, total)

    with pytest.raises(NamingError, match=r"Line 2 of the glossary words.tsv"):
        nightly([str(mined.sample)], settings, tmp_path / "var", as_of=None, reporter=Listening())
    assert not any("Encoding" in name for name in told)
