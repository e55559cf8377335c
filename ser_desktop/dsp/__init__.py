"""Signal processing on arrays: resampling, frames, windows, levels. No file, device, clock, Qt or torch."""
