SELECT source, count(*) AS records FROM records GROUP BY source ORDER BY source
