"""What the audit log keeps of an address: ids that have the form of one, never what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IDS = {
    "topic_id": re.compile(r"[TS][1-9][0-9]{0,17}"),
    "record_id": re.compile(r"[0-9a-f]{16}"),
    "mention_id": re.compile(r"[0-9a-f]{16}-[0-9]{1,6}"),
    "run_id": re.compile(r"r[0-9]{5,9}"),
    "event_id": re.compile(r"[1-9][0-9]{0,17}"),
}
"""Parameters of paths that are ids, with their forms."""


def ids(named: Mapping[str, str]) -> dict[str, str]:
    """What a path names, without what is no id: it is noted before anything has checked or redacted it.

    Parameters
    ----------
    named : mapping of str to str
        Parameters of the path with their values.
    """
    return {name: value for name, value in named.items() if name in _IDS and _IDS[name].fullmatch(value)}
