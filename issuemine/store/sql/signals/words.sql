-- Content words of the chosen mentions' records.
SELECT m.record_id, list_sort(list_distinct(flatten(list(
    list_transform(list_filter(m.tokens, lambda token: NOT list_contains($empty, token.pos)), lambda token: token.lemma)
)))) AS words
FROM mentions AS m
SEMI JOIN chosen USING (mention_id)
GROUP BY m.record_id
ORDER BY m.record_id
