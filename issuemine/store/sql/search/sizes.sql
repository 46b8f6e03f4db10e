-- Postings, and those that came since they were last sorted.
SELECT
    count(*) AS postings,
    count(*) - coalesce((SELECT max(postings) FROM postings_sorted), 0) AS fresh
FROM postings
