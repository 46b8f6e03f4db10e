"""Count topics over time and measure their change.

What judges them (``surveillance``, ``predictive``) loads scipy's distributions, which takes longer than the
rest of the command line: it is imported from its modules, where it is needed.
"""

from issuemine.trends.growth import growth
from issuemine.trends.sparkline import sparkline

__all__ = ["growth", "sparkline"]
