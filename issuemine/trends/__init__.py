"""Count topics over time and measure their change."""

from issuemine.trends.growth import growth
from issuemine.trends.sparkline import sparkline

__all__ = ["growth", "sparkline"]
