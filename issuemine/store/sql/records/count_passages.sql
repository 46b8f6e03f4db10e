-- Passages are counted once, when their record first counts.
MERGE INTO passages
USING (
    SELECT source, passage_hash, count(*) AS n_records, count(*) FILTER (WHERE alone) AS n_alone
    FROM passage_rows
    GROUP BY ALL
) AS seen
ON passages.source = seen.source AND passages.passage_hash = seen.passage_hash
WHEN MATCHED THEN UPDATE SET
    n_records = passages.n_records + seen.n_records, n_alone = passages.n_alone + seen.n_alone
WHEN NOT MATCHED THEN INSERT (source, passage_hash, n_records, n_alone)
    VALUES (seen.source, seen.passage_hash, seen.n_records, seen.n_alone)
