SELECT stratum, sum(records)::BIGINT AS records, sum(total)::BIGINT AS total
FROM counted
GROUP BY stratum
ORDER BY stratum
