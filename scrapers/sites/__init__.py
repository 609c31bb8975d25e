"""One folder a site: its facts, spiders and page parsers."""
