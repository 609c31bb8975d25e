"""What watches a crawl as a whole."""
