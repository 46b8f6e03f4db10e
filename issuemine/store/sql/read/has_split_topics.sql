SELECT count(*) FROM duckdb_tables() WHERE table_name = 'split_topics'
