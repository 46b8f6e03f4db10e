"""The audit log: what was written, by whom and when."""
