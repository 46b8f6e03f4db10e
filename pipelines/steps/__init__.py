"""Thin adapters from the stages to the store, one a stage."""
