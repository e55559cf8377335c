"""Views of the main window other than the timeline and the tables."""
