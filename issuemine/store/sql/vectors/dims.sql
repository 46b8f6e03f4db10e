SELECT CAST(substr(table_name, length('vectors_') + 1) AS INTEGER) AS dim
FROM duckdb_tables()
WHERE starts_with(table_name, 'vectors_') AND NOT temporary
ORDER BY dim
