"""Slack-compatible webhooks: one text in Slack's markup, which all of them understand."""

from __future__ import annotations

import orjson

from issuemine.alerts.letter import Item, Letter, write
from issuemine.alerts.senders.posting import post
from issuemine.config import AlertsSettings, SlackChannel
from issuemine.messages import Language
from issuemine.records import Delivery

_MOST_CHARS = 12_000
"""Well below what Slack and Mattermost take."""


class SlackSender:
    """Posts to an incoming webhook."""

    def __init__(self, channel: SlackChannel, settings: AlertsSettings, language: Language) -> None:
        self._url = channel.url
        self._settings = settings
        self._language = language

    def send(self, delivery: Delivery, seconds: float) -> None:
        """Send once; the key goes along as the header ``Idempotency-Key``."""
        text = markup(write(delivery, self._settings, self._language))
        post(
            self._url.get_secret_value(),
            orjson.dumps({"text": text}),
            {"Idempotency-Key": delivery.key},
            seconds,
        )


def markup(letter: Letter) -> str:
    """A letter in Slack's markup; no text of a record can mention somebody or make a link."""
    single = len(letter.parts) == 1 and not letter.parts[0].heading
    blocks = [] if single and letter.subject == letter.parts[0].items[0].title else [_bold(letter.subject)]
    for part in letter.parts:
        blocks += [_bold(part.heading)] if part.heading else []
        blocks += [_item(item) for item in part.items]
        blocks += [_escaped(part.rest)] if part.rest else []
    text = "\n\n".join(blocks)
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"


def _item(item: Item) -> str:
    quotes = [f"> {_escaped(quote)}" for quote in item.quotes]
    links = [f"<{item.link}>"] if item.link else []
    return "\n".join([_bold(item.title), *map(_escaped, item.lines), *quotes, *links])


def _bold(text: str) -> str:
    return f"*{_escaped(text.replace('*', '∗'))}*"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
