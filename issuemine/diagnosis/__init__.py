"""What is different about some records of a snapshot, since when, and what comes before and after."""

from issuemine.diagnosis.differences import Difference, differences
from issuemine.diagnosis.history import history

__all__ = ["Difference", "differences", "history"]
