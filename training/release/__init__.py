"""Exports a run: the files of the model, with manifest and model card."""
