"""The state of the window: open recordings, settings in use, and what is stored for the next start."""
