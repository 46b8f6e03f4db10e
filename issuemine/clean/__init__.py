"""Redact texts, mark boilerplate, tell the language and cut records into mentions."""

from issuemine.clean.cleaner import Cleaner
from issuemine.clean.mentions import MentionSplitter
from issuemine.clean.templates import passages, templates

__all__ = ["Cleaner", "MentionSplitter", "passages", "templates"]
