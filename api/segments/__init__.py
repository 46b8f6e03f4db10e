"""Saved segments: named filters."""
