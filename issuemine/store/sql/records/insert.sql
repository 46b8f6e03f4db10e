INSERT INTO records BY NAME
SELECT
    * EXCLUDE (known_hash, known_counted),
    CAST(created_at AT TIME ZONE 'UTC' AS DATE) AS day,
    true AS pending,
    coalesce(known_counted, false) AS counted
FROM staged
