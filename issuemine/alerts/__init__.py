"""Alerts: which signals are told to whom and when, in which words, and how they get there."""
