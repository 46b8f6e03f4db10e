"""What people say about topics, kept as events and folded into a state that every run replays."""

from issuemine.curation.fold import fold
from issuemine.curation.state import Curation, Remark, Split

__all__ = ["Curation", "Remark", "Split", "fold"]
