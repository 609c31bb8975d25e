"""One polite request outside of a crawl, for a person who looks at a site: robots.txt is obeyed, errors are named."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from scrapers.settings import user_agent
from vocab.errors import UsageError

_TIMEOUT = 60.0


def client() -> httpx.Client:
    """A client that says who asks."""
    return httpx.Client(headers={"User-Agent": user_agent()}, timeout=_TIMEOUT, follow_redirects=True)


def fetch(session: httpx.Client, url: str) -> httpx.Response:
    """The answer to a GET. Raises UsageError where robots.txt forbids it or no answer with status 200 comes."""
    parts = urlsplit(url)
    robots = RobotFileParser()
    try:
        rules = session.get(f"{parts.scheme}://{parts.netloc}/robots.txt")
        robots.parse(rules.text.splitlines() if rules.status_code == httpx.codes.OK else [])
        if not robots.can_fetch(user_agent(), url):
            raise UsageError(f"{parts.netloc} does not want {parts.path} to be fetched by programs (robots.txt).")
        answer = session.get(url)
    except httpx.HTTPError as error:
        raise UsageError(f"{url} cannot be fetched: {error}.") from error
    if answer.status_code != httpx.codes.OK:
        raise UsageError(f"{url} answered with status {answer.status_code}.")
    return answer
