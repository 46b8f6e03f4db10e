"""Why a signal is told: the mentions of its excess, what they are made of, their words and quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from issuemine.clean.tokens import NON_CONTENT
from issuemine.intent.corpus import covered
from issuemine.naming import name_topics, topic_words
from issuemine.records import Nature, Quote, Scope
from issuemine.trends.nature import BRIEF, nature_of
from pipelines.context import Run
from pipelines.discovery.known import mention_vectors
from pipelines.signals.grouping import FoundGroup
from pipelines.signals.judging import Judged
from pipelines.spaces import Space

_MENTIONS = 300
_BACKGROUND = 600
_YEAR = 365
UNHEARD = 5.0
"""A group is a theme where its records are this many times what the past lets expect."""
_WIDTH = {"day": 1, "week": 7}
_FOUND, _OTHERS = 0, 1


@dataclass(frozen=True)
class Evidence:
    """What a signal rests on.

    Attributes
    ----------
    records : frozenset of str
        Records of the last seven days, or of the group.
    nature : Nature
    telling : float
        Share of the mentions that tell of an issue.
    customers : int or None
        Distinct customers, None where not a record names one.
    label : str
        A phrase that people wrote; empty where none was found.
    keywords : tuple of str
    quotes : tuple of Quote
    """

    records: frozenset[str]
    nature: Nature
    telling: float
    customers: int | None
    label: str
    keywords: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Witness:
    """Gathers evidence on the subjects of a night.

    Parameters
    ----------
    run : Run
    spaces : sequence of Space
    groups : sequence of FoundGroup
        Tonight's dense groups: what is new in a source is shown by them.
    """

    def __init__(self, run: Run, spaces: Sequence[Space], groups: Sequence[FoundGroup]) -> None:
        self._run = run
        self._spaces = {space.name: space for space in spaces}
        self._groups = groups
        self._brief: dict[frozenset[str], float] = {}

    def of(self, judged: Judged, again: Mapping[str, Any] | None = None) -> Evidence:
        """Evidence on one subject; ``again`` is an earlier signal of it whose words still do."""
        week = self._mentions(judged)
        begin = self._run.day - timedelta(days=_WIDTH.get(judged.level.window, 1) - 1)
        inside = [judged.group is not None or day >= begin for day in week["day"].to_pylist()]
        mentions = week.filter(pa.array(inside, pa.bool_()))
        records = frozenset(mentions["record_id"].to_pylist())
        customers = {
            row["record_id"]: row["customer_ref"]
            for row in mentions.select(["record_id", "customer_ref"]).to_pylist()
        }
        known = {customer for customer in customers.values() if customer}
        theme = max(
            (group for group in self._groups if judged.scope is not Scope.GROUP or group is judged.group),
            key=lambda group: len(group.records & records),
            default=None,
        )
        texts = self._texts(mentions)
        nature = nature_of(
            [texts.get(record_id, frozenset()) for record_id in customers],
            list(customers.values()),
            usual_brief=self._usual_brief(frozenset(mentions["source"].to_pylist())),
            theme=_share(theme, records),
            min_customers=self._run.settings.detect.min_customers,
        )
        if again is None:
            label, keywords, quotes = self._words(self._typical(judged, mentions))
        else:
            label, keywords = again["label"], tuple(again["keywords"])
            quotes = tuple(Quote(**quote) for quote in again["quotes"])
        return Evidence(
            frozenset(week["record_id"].to_pylist()),
            nature,
            _telling(mentions),
            len(known) if known else None,
            label,
            keywords,
            quotes,
        )

    def _mentions(self, judged: Judged) -> pa.Table:
        if judged.group is not None:
            space = pa.array([judged.group.space.name] * judged.group.mentions.num_rows)
            return judged.group.mentions.append_column("space", space)
        run = self._run
        first = run.day - timedelta(days=_WIDTH["week"] - 1)
        values: dict[str, Any] = {
            "first": first,
            "as_of": run.day,
            "most": _MENTIONS,
            "classifiers": sorted(run.classifiers.values()),
            "languages": list(covered(None)),
        }
        if judged.scope is Scope.TOPIC:
            return run.warehouse.table("signals/of_topics", values | {"topic_id": judged.key})
        return run.warehouse.table("signals/of_source", values | {"source": judged.key})

    def _texts(self, mentions: pa.Table) -> dict[str, frozenset[str]]:
        """Content words of each record."""
        rows = self._run.warehouse.table(
            "signals/words", {"empty": sorted(NON_CONTENT)}, tables={"chosen": mentions}
        )
        return {row["record_id"]: frozenset(row["words"]) for row in rows.to_pylist()}

    def _usual_brief(self, sources: frozenset[str]) -> float:
        if sources not in self._brief:
            values = {
                "sources": sorted(sources),
                "first": self._run.day - timedelta(days=_YEAR),
                "last": self._run.day - timedelta(days=_WIDTH["week"]),
                "empty": sorted(NON_CONTENT),
                "brief": BRIEF,
            }
            self._brief[sources] = self._run.warehouse.value("signals/usual_brief", values) or 0.0
        return self._brief[sources]

    def _typical(self, judged: Judged, mentions: pa.Table) -> pa.Table:
        """Mentions that show the excess: of a source, those of its groups if these are a good part of it."""
        if judged.scope is not Scope.SOURCE:
            return mentions
        of_groups = {
            mention for group in self._groups for mention in group.mentions["mention_id"].to_pylist()
        }
        mask = pa.array([mention in of_groups for mention in mentions["mention_id"].to_pylist()])
        return (
            mentions.filter(mask)
            if mask.true_count >= self._run.settings.signals.group_min_records
            else mentions
        )

    def _words(self, mentions: pa.Table) -> tuple[str, tuple[str, ...], tuple[Quote, ...]]:
        """Label, keywords and quotes of some mentions, told apart from what was said before."""
        names = mentions["space"].to_pylist()
        if not names:
            return "", (), ()
        space = self._spaces[max(sorted(set(names)), key=names.count)]
        own = mentions.filter(pa.array([name == space.name for name in names]))
        before = {
            "space": space.name,
            "first": self._run.day - timedelta(days=self._run.settings.signals.group_past_days),
            "last": self._run.day - timedelta(days=_WIDTH["week"]),
            "most": _BACKGROUND,
        }
        others = self._run.warehouse.table("signals/past", before)
        found = set(own["mention_id"].to_pylist())
        chosen = pa.table({"mention_id": sorted(found | set(others["mention_id"].to_pylist()))})
        texts = self._run.warehouse.table("mentions/chosen", tables={"chosen": chosen})
        labels = np.array(
            [_FOUND if mention in found else _OTHERS for mention in texts["mention_id"].to_pylist()],
            dtype=np.int64,
        )
        vectors = mention_vectors(self._run, space, texts)
        settings = self._run.settings.naming
        model = topic_words(texts, labels, settings)
        name = name_topics(
            model, texts, vectors, labels, settings, None, space.encode_phrases, only=frozenset({_FOUND})
        ).get(_FOUND)
        if name is None:
            return "", (), ()
        return name.label, tuple(keyword.word for keyword in name.keywords), name.quotes


def _telling(mentions: pa.Table) -> float:
    """Share of the mentions that tell of an issue; sources and groups are made of nothing else."""
    if "telling" not in mentions.column_names or not mentions.num_rows:
        return 1.0
    return sum(mentions["telling"].to_pylist()) / mentions.num_rows


def _share(theme: FoundGroup | None, records: frozenset[str]) -> float:
    """Share of some records that a group explains, beyond what is usually said like it.

    What was said often before, such as mere displeasure, is no theme of its own.
    """
    if theme is None or not records:
        return 0.0
    usual = len(theme.records) - theme.excess
    if len(theme.records) < UNHEARD * usual:
        return 0.0
    new = max(theme.excess, 0.0) / max(len(theme.records), 1)
    return new * len(theme.records & records) / len(records)
