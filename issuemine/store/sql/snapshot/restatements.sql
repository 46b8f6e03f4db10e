SELECT * FROM restatements ORDER BY ALL
