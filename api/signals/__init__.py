"""Signals: what emerges, and where topics stand."""
