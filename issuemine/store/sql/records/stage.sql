-- The newest version of each incoming record, beside what the warehouse knows of it.
CREATE OR REPLACE TEMP TABLE staged AS
SELECT newest.* EXCLUDE (position), known.content_hash AS known_hash, known.counted AS known_counted
FROM (
    SELECT *
    FROM incoming
    QUALIFY row_number() OVER (
        PARTITION BY record_id ORDER BY updated_at DESC NULLS LAST, position DESC
    ) = 1
) AS newest
LEFT JOIN records AS known USING (record_id)
WHERE known.record_id IS NULL
   OR (
       known.content_hash <> newest.content_hash
       AND coalesce(newest.updated_at >= known.updated_at, true)
   )
