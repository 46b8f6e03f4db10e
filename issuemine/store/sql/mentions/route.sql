-- Which encoder space speaks a mention's language; only rows whose answer changed are written.
UPDATE mentions
SET space = CASE
    WHEN $fallback = 'model' OR list_contains($languages, '*') OR list_contains($languages, language)
    THEN 'model' ELSE $fallback END
WHERE space IS DISTINCT FROM CASE
    WHEN $fallback = 'model' OR list_contains($languages, '*') OR list_contains($languages, language)
    THEN 'model' ELSE $fallback END
