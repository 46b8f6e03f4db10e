-- Words of texts that were just given places: what a text is about, as its lemmas say it.
INSERT INTO postings
SELECT $space, word, place, least(count(*), 65535), any_value(length)
FROM (
    SELECT place, unnest(words) AS word, least(len(words), 65535) AS length
    FROM (
        SELECT
            p.place,
            list_transform(
                list_filter(any_value(m.tokens), lambda token: NOT list_contains($not_content, token.pos)),
                lambda token: lower(token.lemma)
            ) AS words
        FROM mentions AS m
        JOIN placed AS p USING (text_hash)
        WHERE m.space = $space
        GROUP BY p.place
    )
)
GROUP BY word, place
ORDER BY word, place
