"""Tables of segments and markers."""
