"""A file: one JSON object a line, as webhooks get it."""

from __future__ import annotations

import os

import orjson

from issuemine.alerts.senders.base import SendFailure
from issuemine.alerts.senders.webhook import payload
from issuemine.config import AlertsSettings, FileChannel
from issuemine.messages import Language, mark
from issuemine.records import Delivery


class FileSender:
    """Adds lines to a file, each in one write that is on disk before it counts as sent."""

    def __init__(self, channel: FileChannel, settings: AlertsSettings, language: Language) -> None:
        self._path = channel.path
        self._settings = settings
        self._language = language

    def send(self, delivery: Delivery, seconds: float) -> None:
        """Send once; the key is ``data.key``. A line that a crash cut short is ended first."""
        line = orjson.dumps(payload(delivery, self._settings, self._language)) + b"\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as file:
                if file.seek(0, os.SEEK_END):
                    file.seek(-1, os.SEEK_END)
                    line = line if file.read(1) == b"\n" else b"\n" + line
                if file.write(line) != len(line):
                    raise SendFailure(mark("the disk is full"), passing=False)
                os.fsync(file.fileno())
        except OSError as error:
            raise SendFailure(mark("the file cannot be written"), passing=False) from error
