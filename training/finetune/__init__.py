"""Fine-tunes a model on what people say of passages of their own recordings."""
