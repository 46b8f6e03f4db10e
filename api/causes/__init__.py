"""What is different about a topic or any other records."""
