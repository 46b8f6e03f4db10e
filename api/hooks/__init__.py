"""Webhooks of helpdesks."""
