"""Turn texts into unit-length vectors."""
