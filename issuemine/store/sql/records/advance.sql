-- ``before`` is where the source stood when the run began, however often the run was cut off. A time after $latest
-- has not come: it moves no watermark unless nothing else is known, and one that stands there goes back.
MERGE INTO watermarks
USING (
    SELECT
        source,
        coalesce(max(created_at) FILTER (created_at < $latest), max(created_at)) AS newest
    FROM staged
    GROUP BY source
) AS seen
ON watermarks.source = seen.source
WHEN MATCHED THEN UPDATE SET
    newest = CASE
        WHEN watermarks.newest >= $latest THEN seen.newest
        WHEN seen.newest >= $latest THEN watermarks.newest
        ELSE greatest(watermarks.newest, seen.newest)
    END,
    before = CASE WHEN watermarks.run_id = $run_id THEN watermarks.before ELSE watermarks.newest END,
    run_id = $run_id
WHEN NOT MATCHED THEN INSERT (source, newest, run_id, before)
    VALUES (seen.source, seen.newest, $run_id, NULL)
