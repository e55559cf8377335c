"""The state of the window: open recordings, settings in use, what is remembered."""
