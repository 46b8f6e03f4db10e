"""Curation: what people say of topics, and what was said."""
