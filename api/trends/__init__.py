"""Counts of a topic over time."""
