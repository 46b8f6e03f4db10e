SELECT c.table_name AS "table", c.column_name AS name, c.data_type AS type, t.estimated_size AS rows
FROM duckdb_columns() AS c
JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
WHERE NOT c.internal
ORDER BY c.table_name, c.column_index
