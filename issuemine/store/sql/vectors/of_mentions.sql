-- A vector for each of some mentions. Places are found first, so that no more vectors are read than asked for.
SELECT v.vector
FROM (
    SELECT m.mention_id, w.rowid AS place
    FROM mentions AS m
    SEMI JOIN chosen USING (mention_id)
    JOIN vectors_{dim} AS w ON w.text_hash = m.text_hash AND w.encoder = $encoder
) AS found
JOIN vectors_{dim} AS v ON v.rowid = found.place
ORDER BY found.mention_id
