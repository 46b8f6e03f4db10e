-- What is told of topics in a list of what was found.
SELECT topic_id, label, hidden, languages, [keyword.word FOR keyword IN keywords] AS keywords
FROM topics
