"""The text of files that bills offer."""
