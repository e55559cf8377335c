"""What several views use: colours, icons, words, translation, desktop integration."""
