"""The public data as files: one declared model, read in one state of the database, written in several forms."""
