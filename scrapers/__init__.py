"""From an address to a stored record: spiders, page parsers, pipelines."""
