-- ``before`` is where the source stood when the run began, however often the run was cut off.
MERGE INTO watermarks
USING (SELECT source, max(created_at) AS newest FROM staged GROUP BY source) AS seen
ON watermarks.source = seen.source
WHEN MATCHED THEN UPDATE SET
    newest = greatest(watermarks.newest, seen.newest),
    before = CASE WHEN watermarks.run_id = $run_id THEN watermarks.before ELSE watermarks.newest END,
    run_id = $run_id
WHEN NOT MATCHED THEN INSERT (source, newest, run_id, before)
    VALUES (seen.source, seen.newest, $run_id, NULL)
