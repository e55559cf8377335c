"""Reports: what was found in recordings, as one page that can be sent."""
