"""Projects: recordings with all that was found and said about them, in one folder of plain files."""
