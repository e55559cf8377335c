"""Arrays in, arrays out: resampling, frames, windows, levels. No file, device, clock, Qt or torch."""
