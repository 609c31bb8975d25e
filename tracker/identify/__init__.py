"""From records to dossiers: which person, bill and sitting a record speaks of. People's decisions win."""
