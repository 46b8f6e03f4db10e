INSERT INTO records BY NAME
SELECT * EXCLUDE (known_hash), CAST(created_at AT TIME ZONE 'UTC' AS DATE) AS day, true AS pending
FROM staged
