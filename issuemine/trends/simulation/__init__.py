"""Simulated surveillance series with known outbreaks, and how well methods find them."""
