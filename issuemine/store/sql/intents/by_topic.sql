-- Mean probabilities of each topic's mentions, in the order of the intents.
SELECT
    a.topic_id,
    [
        avg(p.probabilities[1]), avg(p.probabilities[2]), avg(p.probabilities[3]),
        avg(p.probabilities[4]), avg(p.probabilities[5]), avg(p.probabilities[6])
    ] AS mix
FROM found AS a
JOIN mentions AS m USING (mention_id)
JOIN intents AS p ON p.text_hash = m.text_hash AND p.classifier = $classifier
GROUP BY a.topic_id
ORDER BY a.topic_id
