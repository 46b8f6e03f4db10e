SELECT * REPLACE (CAST(manifest AS VARCHAR) AS manifest) FROM runs ORDER BY run_id
