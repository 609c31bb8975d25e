"""Acts that a text cites, and the records of the law registry that they are."""
