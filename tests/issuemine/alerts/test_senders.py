"""Each channel against a real receiver on this machine."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from issuemine.alerts.senders import SendFailure, sender_of
from issuemine.config import AlertsSettings
from issuemine.messages import Language
from issuemine.records import Delivery, Mode, SignalState
from tests.issuemine.alerts.servers import (
    Answer,
    Received,
    cut,
    free_port,
    hanging,
    receiving,
    slow,
)
from tests.issuemine.alerts.signals import delivery, signal

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def settings(channel: dict[str, Any], **more: Any) -> AlertsSettings:
    return AlertsSettings.model_validate({"channels": {"ops": channel}} | more)


def send(channel: dict[str, Any], message: Delivery | None = None, *, language: Language = "en") -> None:
    sender_of("ops", settings(channel, base_url="https://issues.example"), language).send(
        message or delivery(), 1.0
    )


def webhook(url: str, **more: Any) -> dict[str, Any]:
    return {"kind": "webhook", "url": url, "secret": SECRET} | more


def verify(request: Received) -> Any:
    return Webhook(SECRET).verify(request.body, request.headers)


def test_a_webhook_is_signed_as_its_library_verifies_it() -> None:
    with receiving(200) as receiver:
        send(webhook(receiver.url))
    (request,) = receiver.requests
    told = verify(request)
    assert request.headers["webhook-id"] == "alert_0123"
    assert request.headers["content-type"] == "application/json"
    assert told["type"] == "issuemine.signal.new"
    assert told["timestamp"] == "2020-08-05T02:15:00+00:00"
    assert told["data"]["key"] == "alert_0123"
    assert told["data"]["title"] == "New: App crashes on start"
    (found,) = told["data"]["signals"]
    assert (found["topic_id"], found["observed"], found["expected"]) == ("T12", 41, 6.2)
    assert found["link"] == "https://issues.example/v1/topics/T12"
    forged = Received(request.headers, request.body.replace(b"41", b"42"))
    with pytest.raises(WebhookVerificationError):
        verify(forged)


def test_a_repeat_has_the_same_id_and_content() -> None:
    with receiving(500, 200) as receiver:
        with pytest.raises(SendFailure):
            send(webhook(receiver.url))
        send(webhook(receiver.url))
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    verify(second)


def test_a_digest_and_a_test_say_so() -> None:
    with receiving(200) as receiver:
        send(webhook(receiver.url), delivery("ops", "k", Mode.DIGEST, signal(), signal("T2")))
        send(webhook(receiver.url), delivery("ops", "k", Mode.TEST))
        send(webhook(receiver.url), delivery("ops", "k", Mode.IMMEDIATE, signal(state=SignalState.REGRESSED)))
    types = [request.json["type"] for request in receiver.requests]
    assert types == ["issuemine.digest", "issuemine.test", "issuemine.signal.regressed"]
    assert len(receiver.requests[0].json["data"]["signals"]) == 2


def test_slack_gets_one_text_and_the_key() -> None:
    with receiving((200, {})) as receiver:
        send({"kind": "slack", "url": receiver.url})
    (request,) = receiver.requests
    assert set(request.json) == {"text"}
    assert request.json["text"].startswith("*New: App crashes on start*\n41 records on Tuesday")
    assert "&lt;every&gt;" in request.json["text"]
    assert request.headers["idempotency-key"] == "alert_0123"


def test_a_channel_speaks_its_own_language_else_that_of_the_settings() -> None:
    with receiving(200) as receiver:
        send({"kind": "slack", "url": receiver.url, "language": "ko"}, language="en")
        send({"kind": "slack", "url": receiver.url}, language="ko")
    for request in receiver.requests:
        assert request.json["text"].startswith("*새 이슈: ")


@pytest.mark.parametrize(
    ("answer", "reason", "passing", "wait"),
    [
        (500, "answered with HTTP status 500", True, None),
        (503, "answered with HTTP status 503", True, None),
        (404, "answered with HTTP status 404", False, None),
        ((302, {"Location": "https://elsewhere.example"}), "answered with HTTP status 302", False, None),
        ((429, {"Retry-After": "7"}), "answered with HTTP status 429", True, timedelta(seconds=7)),
        ((429, {"Retry-After": "9" * 30}), "answered with HTTP status 429", True, timedelta(days=1)),
        ((429, {"Retry-After": "soon"}), "answered with HTTP status 429", True, None),
        (
            (503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}),
            "answered with HTTP status 503",
            True,
            timedelta(0),
        ),
        (hanging, "no answer in time", True, None),
        (slow(3), "no answer in time", True, None),
        (cut, "the connection broke", True, None),
    ],
)
def test_a_failure_says_why_and_whether_another_try_may_help(
    answer: Answer, reason: str, passing: bool, wait: timedelta | None
) -> None:
    with receiving(answer) as receiver, pytest.raises(SendFailure) as caught:
        sender_of("ops", settings({"kind": "slack", "url": receiver.url}), "en").send(delivery(), 0.3)
    assert (caught.value.reason, caught.value.passing, caught.value.wait) == (reason, passing, wait)
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize("host", ["http://127.0.0.1:{port}/", "https://name.invalid/"])
def test_a_receiver_that_is_not_there_is_told(host: str) -> None:
    with pytest.raises(SendFailure) as caught:
        send({"kind": "slack", "url": host.format(port=free_port())})
    assert caught.value.passing


def test_a_file_gets_a_line_a_message_also_behind_one_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "alerts.jsonl"
    channel = {"kind": "file", "path": str(path)}
    send(channel)
    with path.open("ab") as file:
        file.write(b'{"half a li')
    send(channel, delivery(key="alert_2"))
    lines = path.read_bytes().splitlines()
    assert len(lines) == 3
    assert [orjson.loads(lines[at])["data"]["key"] for at in (0, 2)] == ["alert_0123", "alert_2"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path, tmp_path / "file" / "below"):
        with pytest.raises(SendFailure, match="cannot be written"):
            send({"kind": "file", "path": str(path)})
