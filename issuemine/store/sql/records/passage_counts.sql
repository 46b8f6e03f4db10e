SELECT source, passage_hash, n_records, n_alone
FROM passages
WHERE n_records >= $least
ORDER BY source, passage_hash
