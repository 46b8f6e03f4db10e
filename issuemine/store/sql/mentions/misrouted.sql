-- Spaces that settled mentions leave or enter under a changed routing.
SELECT DISTINCT unnest([space, routed]) AS space
FROM (
    SELECT
        space,
        CASE coalesce(list_extract($encoders, list_position($languages, language)), $otherwise)
            WHEN 'model' THEN 'model' ELSE 'lexical-' || language END AS routed
    FROM mentions
    WHERE settled
)
WHERE space <> routed
ORDER BY 1
