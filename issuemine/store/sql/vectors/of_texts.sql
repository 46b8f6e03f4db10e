-- Vectors of some texts. Places are found first, so that no more vectors are read than asked for.
SELECT v.vector
FROM vectors_{dim} AS v
WHERE v.rowid IN (
    SELECT w.rowid FROM vectors_{dim} AS w SEMI JOIN chosen USING (text_hash) WHERE w.encoder = $encoder
)
ORDER BY v.text_hash
