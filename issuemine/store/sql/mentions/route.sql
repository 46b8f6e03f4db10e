-- Which encoder space speaks a mention's language; only rows whose answer changed are written.
UPDATE mentions
SET space = coalesce(list_extract($spaces, list_position($languages, language)), $otherwise)
WHERE space IS DISTINCT FROM coalesce(list_extract($spaces, list_position($languages, language)), $otherwise)
