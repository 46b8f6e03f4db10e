SELECT count(*) FROM duckdb_tables() WHERE table_name = 'topic_change_points'
