"""Which records speak of one draft, and which drafts resemble each other."""
