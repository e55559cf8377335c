"""What a language model on the user's own computer says about a recording; off unless the user asks for it."""
