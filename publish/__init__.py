"""From happenings to what the public gets: sentences, feeds and calendars."""
