"""A trained network as the files that the program reads: weights, ONNX and manifest."""
