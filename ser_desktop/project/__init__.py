"""Projects: recordings with their timelines, words, markers and corrections, in one folder of plain files."""
