"""What is different about a topic, and how sure that is: candidates for causes, never proof."""

from issuemine.causes.attributes import MISSING, OTHER, Coded, encode
from issuemine.causes.candidates import STRENGTHS, Candidate, Strength
from issuemine.causes.looking import filterable, strata, stratifier, telling, told
from issuemine.causes.scan import Counter, scan
from issuemine.causes.sequence_sentences import told_sequences

__all__ = [
    "MISSING",
    "OTHER",
    "STRENGTHS",
    "Candidate",
    "Coded",
    "Counter",
    "Strength",
    "encode",
    "filterable",
    "scan",
    "strata",
    "stratifier",
    "telling",
    "told",
    "told_sequences",
]
