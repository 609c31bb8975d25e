"""Tables, session, upserts, versions and the archive of pages; knows no stage."""
