"""What all senders have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from issuemine.records import Delivery


class SendFailure(Exception):
    """A try that failed.

    Parameters
    ----------
    reason : str
        Why, as an English message that ``retell`` says later: no address, no text of records.
    passing : bool
        Whether another try in a moment may help.
    wait : timedelta, optional
        How long the other side asks to be left alone.
    """

    def __init__(self, reason: str, *, passing: bool, wait: timedelta | None = None) -> None:
        self.reason = reason
        self.passing = passing
        self.wait = wait
        super().__init__(reason)


class Sender(Protocol):
    """Sends deliveries by one channel."""

    def send(self, delivery: Delivery, seconds: float) -> None:
        """Send once, within some seconds as far as the network's libraries keep to that.

        Raises
        ------
        SendFailure
            If it is not known to have arrived.
        """
