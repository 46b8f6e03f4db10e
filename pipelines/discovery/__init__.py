"""How a night finds, keeps and tells of topics: assignment and births, or a discovery anew."""
