"""Tables of passages and markers."""
