"""The spider of the Jogorku Kenesh: everything it needs to know stands in source.yml."""

from scrapers.base import SiteSpider


class KeneshSpider(SiteSpider):
    """Walks the old site's lists and today's JSON."""

    name = "kenesh"
