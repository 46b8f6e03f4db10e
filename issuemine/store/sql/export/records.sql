SELECT *
FROM records
WHERE day BETWEEN $first AND $last
  AND ($source IS NULL OR list_contains($source, source))
  AND ($kind IS NULL OR list_contains($kind, kind))
  AND ($channel IS NULL OR list_contains($channel, channel))
  AND ($language IS NULL OR list_contains($language, language))
  AND ($product IS NULL OR list_contains($product, product))
  AND ($version IS NULL OR list_contains($version, version))
  AND ($platform IS NULL OR list_contains($platform, platform))
  AND ($plan IS NULL OR list_contains($plan, plan))
  AND ($region IS NULL OR list_contains($region, region))
  AND ($journey_stage IS NULL OR list_contains($journey_stage, journey_stage))
  AND ($status IS NULL OR list_contains($status, status))
  AND ($priority IS NULL OR list_contains($priority, priority))
  AND (
      $attributes IS NULL
      OR list_bool_and(list_transform($attributes, lambda wanted: attributes[wanted.name] = wanted.value))
  )
