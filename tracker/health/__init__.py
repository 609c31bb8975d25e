"""Source health: does each site still say what it usually says, and what is expected today but missing."""
