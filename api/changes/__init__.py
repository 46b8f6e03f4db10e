"""The log of releases, outages, campaigns and other changes."""
