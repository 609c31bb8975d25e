"""What a text says: annotations of records and documents, each with method and score."""
