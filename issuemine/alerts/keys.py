"""Idempotency keys, made of what is told: whoever tells the same again uses the same key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from issuemine.records import Signal, SignalState


def alert_key(signal: Signal, rule: str, channel: str) -> str:
    """The key of a signal that a rule tells by a channel.

    Parameters
    ----------
    signal : Signal
        Its episode (the subject and the first day) and its state count. A further escalation within an
        episode is news where it is more severe, so its severity counts too.
    rule, channel : str
        Names.
    """
    severity = signal.severity if signal.state is SignalState.ESCALATING else ""
    return "alert_" + _digest((signal.episode_id, signal.state, severity, rule, channel))


def digest_key(keys: Iterable[str]) -> str:
    """The key of a digest: no alert is in two of them, so its alerts' keys make it."""
    return "digest_" + _digest(sorted(keys))


def _digest(parts: Iterable[str]) -> str:
    # Each part with its length, so that no two lists of parts are written alike.
    content = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
