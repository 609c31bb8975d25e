"""What every visit passes: validate (may this be kept?), then store (one transaction a page)."""
