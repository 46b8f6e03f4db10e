FROM query_table($table)
