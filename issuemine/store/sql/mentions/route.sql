-- Which space a mention belongs to: the model's, or that of its language's own lexical encoder.
-- Only rows whose answer changed are written.
UPDATE mentions
SET space = routed.space, settled = false
FROM (
    SELECT
        mention_id,
        CASE coalesce(list_extract($encoders, list_position($languages, language)), $otherwise)
            WHEN 'model' THEN 'model' ELSE 'lexical-' || language END AS space
    FROM mentions
    WHERE $all OR NOT settled
) AS routed
WHERE mentions.mention_id = routed.mention_id AND mentions.space IS DISTINCT FROM routed.space
