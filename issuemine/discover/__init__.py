"""Find topics among mention vectors and assign mentions to them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from issuemine.discover.assignment import Assigner, Assignment
    from issuemine.discover.estimator import NeighbourCommunities
    from issuemine.discover.frame import topic_model
    from issuemine.discover.identity import match_topics
    from issuemine.discover.metrics import score
    from issuemine.discover.sample import stratified_sample

__all__ = [
    "Assigner",
    "Assignment",
    "NeighbourCommunities",
    "match_topics",
    "score",
    "stratified_sample",
    "topic_model",
]

_HOMES = {
    "Assigner": "assignment",
    "Assignment": "assignment",
    "NeighbourCommunities": "estimator",
    "match_topics": "identity",
    "score": "metrics",
    "stratified_sample": "sample",
    "topic_model": "frame",
}


def __getattr__(name: str) -> object:
    # scikit-learn and the Leiden library are imported when something is first asked for.
    if name in _HOMES:
        return getattr(import_module(f"issuemine.discover.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
