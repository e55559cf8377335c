"""The only package that opens audio devices and audio files."""
