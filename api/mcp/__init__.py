"""What assistants ask, by the Model Context Protocol: the same services as the API, told compactly."""
