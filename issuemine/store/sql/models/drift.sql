-- Centres now and when they were found, of the topics of a space.
SELECT total, found_centre, mentions FROM topic_models WHERE space = $space AND NOT retired ORDER BY topic_id
