"""Count topics over time and measure their change."""

from issuemine.trends.growth import growth
from issuemine.trends.hours import same_hours
from issuemine.trends.predictive import q_values
from issuemine.trends.sparkline import sparkline
from issuemine.trends.surveillance import Judgement, judge, judge_range

__all__ = ["Judgement", "growth", "judge", "judge_range", "q_values", "same_hours", "sparkline"]
