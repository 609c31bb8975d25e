"""Recordings made for a test: a few pages in the markup of the old site, served by the real replay server."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOST = "http://kenesh.kg"
_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Жогорку Кенеш Кыргызской Республики</title></head><body>'
)
_COLUMNS = ("file", "url", "status", "recorded_at", "lang", "kind", "method", "request_body", "headers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One row of a recording."""

    url: str
    body: bytes
    status: int = 200
    recorded_at: str = "2018-12-30"
    kind: str = "page"
    method: str = "GET"
    request_body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    suffix: str = "html"


def write_recording(folder: Path, pages: Sequence[Served]) -> Path:
    """Write the pages and their index.csv; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, _COLUMNS)
        rows.writeheader()
        for number, page in enumerate(pages):
            file = f"page-{number}.{page.suffix}"
            (folder / file).write_bytes(page.body)
            rows.writerow(
                {
                    "file": file,
                    "url": page.url,
                    "status": page.status,
                    "recorded_at": page.recorded_at,
                    "lang": "ru",
                    "kind": page.kind,
                    "method": page.method,
                    "request_body": page.request_body,
                    "headers": json.dumps(dict(page.headers)),
                }
            )
    return folder


def html(inside: str) -> bytes:
    """A page of the site around this content."""
    return f'{_HEAD}<div class="container">{inside}</div></body></html>'.encode()


def article_list(section: int, entries: Sequence[tuple[int, str]]) -> Served:
    """A list of articles: number and title of each."""
    lines = "".join(
        f'<h4 class="news-title">{title}</h4><div class="news-read-more">'
        f'<a href="/ru/article/show/{number}/slug">Подробнее</a></div>'
        for number, title in entries
    )
    return Served(url=f"{HOST}/ru/article/list/{section}", body=html(f'<div class="content">{lines}</div>'))


def article(number: int, title: str, *paragraphs: str) -> Served:
    """An article: a protocol, a vote list or an agenda."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    body = html(f'<div class="title">{title}</div><div class="text">{text}</div>')
    return Served(url=f"{HOST}/ru/article/show/{number}/slug", body=body)


def protocol(number: int, day: str, *, registered: int = 87) -> Served:
    """A small protocol of this day, «27.12.2018»; its number is that of the article."""
    return article(
        number,
        f"Протокол № {number} от {day} г.",
        f"Зарегистрировались {registered} депутатов.",
        "Объявляется перерыв на 15 минут.",
        "На заседании отсутствуют депутаты: Мисалов М.М. (право голосования передано депутату Пробову П.П. "
        "в письменной форме), Сынакова С.С.",
    )


def protocols(*days: str) -> list[Served]:
    """A list of protocols with the page of each."""
    pages = [protocol(number, day) for number, day in enumerate(days, 1)]
    listed = [(number, f"Протокол № {number} от {day} г.") for number, day in enumerate(days, 1)]
    return [article_list(21, listed), *pages]
