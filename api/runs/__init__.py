"""Runs of the pipeline."""
