"""Makes a streaming network from the network of an exported model, by distillation."""
