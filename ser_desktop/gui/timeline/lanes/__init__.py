"""The lanes of the timeline, one file each."""
