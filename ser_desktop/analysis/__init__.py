"""The analysis pipeline: chunks of samples in, timeline entries out. Independent of devices."""
