"""What stands between the crawl and the network."""
