"""What a text is about."""
