"""What the search finds: documents made of dossiers and records."""
