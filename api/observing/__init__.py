"""What operators see of the service: an access log and metrics, without texts."""
