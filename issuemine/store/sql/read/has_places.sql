-- Snapshots of earlier versions know no map.
SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = 'topic_places'
