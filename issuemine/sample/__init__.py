"""Generate realistic support records with known truth."""

from issuemine.sample.writing import Written, write_sample

__all__ = ["Written", "write_sample"]
