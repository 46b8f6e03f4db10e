"""Generic webhooks, signed as Standard Webhooks (version 1) say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from standardwebhooks import Webhook

from issuemine.alerts.letter import link, write
from issuemine.alerts.senders.posting import post
from issuemine.config import AlertsSettings, WebhookChannel
from issuemine.messages import Language
from issuemine.records import Delivery, Mode


class WebhookSender:
    """Posts what was found as data, and the same in words."""

    def __init__(self, channel: WebhookChannel, settings: AlertsSettings, language: Language) -> None:
        self._url = channel.url
        self._secret = channel.secret
        self._settings = settings
        self._language = language

    def send(self, delivery: Delivery, seconds: float) -> None:
        """Send once; ``webhook-id`` is the key, the same at each try, and so is the content."""
        content = orjson.dumps(payload(delivery, self._settings, self._language))
        now = datetime.now(UTC)
        signature = Webhook(self._secret.get_secret_value()).sign(delivery.key, now, content.decode())
        headers = {
            "webhook-id": delivery.key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        post(self._url.get_secret_value(), content, headers, seconds)


def payload(delivery: Delivery, settings: AlertsSettings, language: Language) -> dict[str, Any]:
    """A delivery as data: its type, when it came up, the signals, and all of it in words."""
    letter = write(delivery, settings, language)
    kind = delivery.contents[0]["state"] if delivery.mode is Mode.IMMEDIATE else str(delivery.mode)
    return {
        "type": f"issuemine.{'signal.' if delivery.mode is Mode.IMMEDIATE else ''}{kind}",
        "timestamp": delivery.created_at.isoformat(),
        "data": {
            "key": delivery.key,
            "rule": delivery.rule,
            "channel": delivery.channel,
            "title": letter.subject,
            "text": letter.text(),
            "language": letter.language,
            "signals": [content | {"link": link(content, settings)} for content in delivery.contents],
        },
    }
