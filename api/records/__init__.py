"""Records and rejected rows."""
