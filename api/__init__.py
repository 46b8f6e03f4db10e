"""The HTTP service over published snapshots."""
