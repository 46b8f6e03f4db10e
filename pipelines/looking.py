"""Looking for what is different about a topic of a snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import numpy as np

from issuemine.causes import encode, scan, strata, stratifier, telling, told, told_sequences
from issuemine.causes.change_words import changes_told
from issuemine.config import CausesSettings
from issuemine.store.causes import Segment, attribute_names, compared, phrases
from issuemine.store.changes import change_points
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids
from issuemine.store.sequences import topic_sequences


def causes_of(
    database: Database,
    topic_id: str,
    first: date,
    last: date,
    against: Literal["others", "past"],
    settings: CausesSettings,
) -> dict[str, Any]:
    """Candidates for what is different about a topic's records, with their sentences.

    Parameters
    ----------
    database : Database
        An open snapshot.
    topic_id : str
        The topic.
    first, last : date
        The window.
    against : str
        All other records, or as many days before the window.
    settings : CausesSettings
        How causes are looked for.
    """
    within = stratifier(settings)
    names = telling(attribute_names(database), settings)
    found = compared(database, Segment(topic_id), [*names, within], first, last, against=against)
    column = found.columns.pop(within)
    coded = encode(found.columns, np.ones(len(found.chosen)), settings)
    counter = Cuboids(database, found.rows(coded.codes, strata(column)), sample_rows=settings.sample_rows)
    found_out = told(scan(counter, coded, settings, against, standardised=True), against)
    changed = changes_told(change_points(database, topic_id))
    around = told_sequences(topic_sequences(database, topic_id), settings.max_candidates)
    return found_out | changed | {"phrases": phrases(database, topic_id), "sequences": around}
