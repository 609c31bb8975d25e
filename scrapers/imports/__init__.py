"""Lists that were collected elsewhere, taken in like any source."""
