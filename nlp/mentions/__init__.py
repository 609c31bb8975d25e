"""Everybody and everything that a text names, but for acts."""
