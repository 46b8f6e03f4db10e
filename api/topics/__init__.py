"""Topics: the list, one topic, its records."""
