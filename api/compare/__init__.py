"""Two windows or two groups of records, side by side."""
