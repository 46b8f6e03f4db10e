"""Give topics labels, keywords and quotes."""
