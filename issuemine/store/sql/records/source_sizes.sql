SELECT source, count(*) AS records FROM records WHERE day <= $as_of GROUP BY source ORDER BY source
