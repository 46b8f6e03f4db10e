SELECT *
FROM signals
WHERE day BETWEEN $first AND $last AND ($topic_id IS NULL OR topic_id = $topic_id) AND (news OR NOT $news)
ORDER BY day DESC, news DESC, p_value, signal_id
