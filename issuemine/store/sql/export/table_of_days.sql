SELECT * FROM query_table($table) WHERE day BETWEEN $first AND $last
