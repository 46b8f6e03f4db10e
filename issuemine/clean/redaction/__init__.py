"""Personal data and secrets become typed placeholders before anything is stored."""

from issuemine.clean.redaction.redactor import Redactor
from issuemine.clean.redaction.spans import PLACEHOLDER, Redacted, Span

__all__ = ["PLACEHOLDER", "Redacted", "Redactor", "Span"]
