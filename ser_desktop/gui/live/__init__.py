"""Views and notices of a running recording."""
