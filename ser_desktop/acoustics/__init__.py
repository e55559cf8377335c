"""Pitch, intensity, spectrum and voice quality of sound; samples in, numbers out. No file, device, clock or Qt."""
