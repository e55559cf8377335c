"""A trained network as a model of the program: weights, ONNX, manifest, card."""
