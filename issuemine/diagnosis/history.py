"""What the nights have found about an issue's past: changes, new words, and what comes before and after."""

from __future__ import annotations

from typing import Any

from issuemine.causes import told_sequences
from issuemine.causes.change_words import changes_told
from issuemine.config import CausesSettings
from issuemine.store.causes import phrases
from issuemine.store.changes import change_points
from issuemine.store.connection import Database
from issuemine.store.sequences import topic_sequences


def history(database: Database, topic_id: str, settings: CausesSettings) -> dict[str, Any]:
    """Change points with what may have made them, new phrases and sequences of a topic.

    Parameters
    ----------
    database : Database
        An open snapshot.
    topic_id : str
        The topic.
    settings : CausesSettings
        How many sequences are told.

    Returns
    -------
    dict
        ``changes``, ``changes_message``, ``phrases`` and ``sequences``, as of when the snapshot was made.
    """
    around = told_sequences(topic_sequences(database, topic_id), settings.max_candidates)
    changed = changes_told(change_points(database, topic_id))
    return changed | {"phrases": phrases(database, topic_id), "sequences": around}
