-- Mean probabilities of the chosen topics' mentions, in the order of the intents.
SELECT
    b.topic_id,
    [
        avg(p.probabilities[1]), avg(p.probabilities[2]), avg(p.probabilities[3]),
        avg(p.probabilities[4]), avg(p.probabilities[5]), avg(p.probabilities[6])
    ] AS mix
FROM members AS b
SEMI JOIN chosen USING (topic_id)
JOIN mentions AS m USING (mention_id)
JOIN intents AS p ON p.text_hash = m.text_hash AND p.classifier = $classifier
GROUP BY b.topic_id
ORDER BY b.topic_id
