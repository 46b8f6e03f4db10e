"""What a curator does, at the command line as in the service: say something, and see what was said."""

from issuemine.desk.desk import Desk, curating
from issuemine.desk.words import in_words

__all__ = ["Desk", "curating", "in_words"]
