"""Many recordings: found, analysed by several processes, exported and summed up; resumed after a stop."""
