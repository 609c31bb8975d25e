"""The coordinator's week: sittings by hand, duties, access requests, reminders."""
