"""One file that holds all that cannot be made again: database, archive of pages, pictures, key. Made while in use."""
