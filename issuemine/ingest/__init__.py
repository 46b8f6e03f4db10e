"""Read exports into valid, typed records and rejects."""
