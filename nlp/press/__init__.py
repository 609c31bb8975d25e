"""What press releases tell of drafts."""
