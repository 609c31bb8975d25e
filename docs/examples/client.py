"""A client for the API of Baikoo in forty lines: `python client.py https://baikoo.example.org`. Needs httpx."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx


class Baikoo:
    """Asks politely: waits where it is told to, and reads lists to their end."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=f"{address.rstrip('/')}/api/v1/", headers={"Accept": "application/json"})

    def get(self, path: str, **parameters: Any) -> Any:
        """One answer. Raises httpx.HTTPStatusError with the field that was wrong."""
        answer = self._http.get(path, params=parameters, follow_redirects=True)
        while answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(int(answer.headers["Retry-After"]))
            answer = self._http.get(path, params=parameters, follow_redirects=True)
        answer.raise_for_status()
        return answer.json()

    def all(self, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, limit=200, **parameters, **cursor)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            cursor = {"cursor": page["next_cursor"]}

    def changes(self, since: str = "") -> tuple[list[dict[str, Any]], str]:
        """What changed since, and from where to go on next time: keep it."""
        rows: list[dict[str, Any]] = []
        while True:
            page = self.get("changes", limit=200, since=since)
            rows += page["items"]
            since = page["next_since"]
            if not page["more"]:
                return rows, since


def main() -> None:
    """Bills with what the newest line of their timelines says; then how much changed."""
    baikoo = Baikoo(sys.argv[1])
    for bill in baikoo.all("bills", fields="title"):
        events = baikoo.get(f"bills/{bill['id']}/timeline")["items"]
        newest = f"{events[-1]['day']} {events[-1]['kind']}" if events else "nothing is known"
        print(f"{bill['id']}: {bill['title']}: {newest}")
    rows, since = baikoo.changes()
    print(f"{len(rows)} changes; go on with {since}")


if __name__ == "__main__":
    main()
