"""Pictures on the site: what is counted for them, their pages, and the files that they are drawn into."""
