SELECT max(day) FROM records
