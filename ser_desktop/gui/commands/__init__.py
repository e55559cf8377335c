"""What the menu actions do."""
