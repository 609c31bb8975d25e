"""The public site. Pages answer from the database; nothing here decides what is true."""
