"""Tables, session, upsert, versions, raw archive. Knows no stage."""
