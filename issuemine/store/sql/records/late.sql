-- New records of a day that lies before the one that their source had been read up to when the run began.
SELECT count(*)
FROM staged
JOIN watermarks USING (source)
WHERE known_hash IS NULL
  AND CAST(created_at AT TIME ZONE 'UTC' AS DATE) < CAST(
      (CASE WHEN run_id = $run_id THEN before ELSE newest END) AT TIME ZONE 'UTC' AS DATE
  )
