"""Generate realistic support records with known truth."""
