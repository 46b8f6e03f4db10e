"""Whole tables of a snapshot, streamed."""
