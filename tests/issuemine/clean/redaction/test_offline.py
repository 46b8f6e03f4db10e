"""Redaction opens no connection, to the public suffix list or anything else."""

import socket

import pytest

from issuemine.clean.redaction import Redactor
from issuemine.config import CleanSettings


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    redactor = Redactor(CleanSettings())
    redacted = redactor.redact(
        "a@example.co.uk, https://a.example.com/?token=abcdef, b@unknown.suffixx, icon@2x.png"
    )
    assert redacted.text == "<EMAIL>, <URL>, b@unknown.suffixx, icon@2x.png"
