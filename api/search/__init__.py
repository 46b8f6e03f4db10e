"""Search: mentions and topics, by words and by meaning."""
