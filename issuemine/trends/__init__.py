"""Count topics over time and measure their change."""
