"""The DuckDB warehouse and its published snapshots."""
