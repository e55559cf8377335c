"""Decoders: from the bytes of a recording to blocks of samples."""
