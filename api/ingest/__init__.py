"""Records that are sent to the service."""
