"""Training of the networks: configuration, batches, losses, the training loop, runs."""
