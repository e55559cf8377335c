"""The only door to devices and files."""
