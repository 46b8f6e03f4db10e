"""Link: which topics of different encoder spaces seem to be one issue."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pyarrow as pa

from issuemine.clean.tokens import Analyser
from issuemine.messages import say
from issuemine.naming import Concept, ConceptFinder, Lemma, Link, Linkable, link_topics
from pipelines.context import Run

_MENTIONS = 50
"""Mentions of a topic that are looked at, so that the cost is in topics."""


def link(run: Run, glossary: Sequence[Concept]) -> None:
    """Compare the topics of the run and replace the links of the run before."""
    with run.reporter.stage(say("Linking topics"), None), Analyser(run.settings.clean, workers=1) as analyser:

        def analyse(texts: Sequence[str], language: str) -> list[list[Lemma]]:
            return [
                [(token.lemma, token.pos) for token in found.tokens]
                for found in analyser.analyse(texts, language)
            ]

        finder = ConceptFinder(glossary, analyse)
        links = link_topics(_topics(run), finder, run.settings.naming.link_score)
    schema = run.warehouse.table("links/schema").schema
    with run.warehouse.transaction():
        run.warehouse.execute("links/forget")
        run.warehouse.execute("links/insert", tables={"found": pa.Table.from_pylist(_rows(links), schema)})
    run.add("links", len(links))


def _topics(run: Run) -> list[Linkable]:
    rows = run.warehouse.table("topics/spoken", {"most": _MENTIONS}).to_pylist()
    return [
        Linkable(topic_id, space, [[(token["lemma"], token["pos"]) for token in row["tokens"]] for row in of])
        for (topic_id, space), of in groupby(rows, key=lambda row: (row["topic_id"], row["space"]))
    ]


def _rows(links: Sequence[Link]) -> list[dict[str, object]]:
    """Each link in both directions, as the warehouse keeps them."""
    both = [
        (one, other, link.score, terms)
        for link in links
        for one, other, terms in (
            (link.topic_id, link.other_id, link.terms),
            (link.other_id, link.topic_id, tuple((there, here) for here, there in link.terms)),
        )
    ]
    return [
        {
            "topic_id": one,
            "other_id": other,
            "score": score,
            "terms": [{"term": here, "other_term": there} for here, there in terms],
        }
        for one, other, score, terms in both
    ]
