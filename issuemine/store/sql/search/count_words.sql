-- Words in the texts of some places.
SELECT coalesce(CAST(sum(times) AS BIGINT), 0)
FROM postings
WHERE space = $space AND place >= $first
