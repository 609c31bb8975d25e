"""The outlets: one module each."""
