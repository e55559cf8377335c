"""An interpretation of a recording by a language model on the user's own computer; off unless the user requests it."""
