"""From records to dossiers, timelines, findings and happenings."""
