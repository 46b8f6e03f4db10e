SELECT source, newest FROM watermarks ORDER BY source
