"""What a night finds on the rise: counts, groups, evidence, episodes, states."""
