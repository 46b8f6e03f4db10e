"""Senders: one a kind of channel."""

from __future__ import annotations

from issuemine.alerts.senders.base import Sender, SendFailure
from issuemine.alerts.senders.file import FileSender
from issuemine.alerts.senders.mail import MailSender
from issuemine.alerts.senders.slack import SlackSender
from issuemine.alerts.senders.webhook import WebhookSender
from issuemine.config import AlertsSettings, FileChannel, SlackChannel, WebhookChannel
from issuemine.messages import Language

__all__ = ["SendFailure", "Sender", "sender_of"]


def sender_of(name: str, settings: AlertsSettings, language: Language) -> Sender:
    """The sender of a channel.

    Parameters
    ----------
    name : str
        A channel of the settings.
    settings : AlertsSettings
        All of alerts.
    language : str
        What a channel speaks that names no language.

    Raises
    ------
    KeyError
        If there is no such channel.
    """
    channel = settings.channels[name]
    spoken = language if channel.language == "auto" else channel.language
    if isinstance(channel, SlackChannel):
        return SlackSender(channel, settings, spoken)
    if isinstance(channel, WebhookChannel):
        return WebhookSender(channel, settings, spoken)
    if isinstance(channel, FileChannel):
        return FileSender(channel, settings, spoken)
    return MailSender(channel, settings, spoken)
