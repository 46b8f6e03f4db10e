"""Find topics among mention vectors, assign mentions to them, and know them again."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from issuemine.discover.assignment import Assigner, Assignment
    from issuemine.discover.births import find_births
    from issuemine.discover.constraints import near_duplicates, split_off
    from issuemine.discover.estimator import NeighbourCommunities
    from issuemine.discover.frame import topic_model
    from issuemine.discover.identity import Change, Event, lineage, match_topics
    from issuemine.discover.metrics import score
    from issuemine.discover.models import TopicModels, topic_models
    from issuemine.discover.planning import LastDiscovery, Reason, reason_to_discover
    from issuemine.discover.radius import AcceptanceErrors, acceptance_errors, calibrate_radii
    from issuemine.discover.rediscovery import Start
    from issuemine.discover.sample import stratified_sample
    from issuemine.discover.stability import agreement_of_pairs, bootstrap_stability

_HOMES = {
    "assignment": ("Assigner", "Assignment"),
    "births": ("find_births",),
    "constraints": ("near_duplicates", "split_off"),
    "estimator": ("NeighbourCommunities",),
    "frame": ("topic_model",),
    "identity": ("Change", "Event", "lineage", "match_topics"),
    "metrics": ("score",),
    "planning": ("LastDiscovery", "Reason", "reason_to_discover"),
    "radius": ("AcceptanceErrors", "acceptance_errors", "calibrate_radii"),
    "rediscovery": ("Start",),
    "sample": ("stratified_sample",),
    "stability": ("agreement_of_pairs", "bootstrap_stability"),
    "models": ("TopicModels", "topic_models"),
}

__all__ = [
    "AcceptanceErrors",
    "Assigner",
    "Assignment",
    "Change",
    "Event",
    "LastDiscovery",
    "NeighbourCommunities",
    "Reason",
    "Start",
    "TopicModels",
    "acceptance_errors",
    "agreement_of_pairs",
    "bootstrap_stability",
    "calibrate_radii",
    "find_births",
    "lineage",
    "match_topics",
    "near_duplicates",
    "reason_to_discover",
    "score",
    "split_off",
    "stratified_sample",
    "topic_model",
    "topic_models",
]


def __getattr__(name: str) -> object:
    # scikit-learn and the Leiden library are imported when something is first asked for.
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"issuemine.discover.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
