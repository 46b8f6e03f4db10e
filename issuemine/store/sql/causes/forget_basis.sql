DELETE FROM sequence_basis
