-- Records by their rows, twenty at a time: asked for so, DuckDB reads nothing else. Asked for by a list of rows it reads
-- every text, and twenty statements cost twice as much as one.
SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at1
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at2
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at3
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at4
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at5
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at6
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at7
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at8
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at9
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at10
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at11
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at12
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at13
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at14
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at15
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at16
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at17
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at18
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at19
UNION ALL SELECT rowid AS at, record_id, text, day, source, channel FROM records WHERE rowid = $at20
