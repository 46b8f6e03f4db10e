"""Redact texts, mark boilerplate, tell the language and cut records into mentions."""
