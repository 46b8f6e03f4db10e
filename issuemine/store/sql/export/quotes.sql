-- Quotes of all topics, a row each, the most typical of a topic first.
SELECT topic_id, place, quote.mention_id, quote.record_id, quote."start", quote."end", quote.text, quote.similarity
FROM (
    SELECT topic_id, unnest(range(1, len(quotes) + 1)) AS place, unnest(quotes) AS quote FROM topics
)
