"""From happenings to what the public reads: feeds, calendars, posts."""
