-- Snapshots of earlier versions know no places.
SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = 'search_parts'
