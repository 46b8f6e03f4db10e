DELETE FROM assignments
