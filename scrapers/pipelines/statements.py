"""Items as statements about records: which table, which key, which columns. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.versions import Statement
from scrapers.items import (
    ActItem,
    BillItem,
    DeputyItem,
    Item,
    PressItem,
    PressListItem,
    ProtocolItem,
    SittingItem,
    VoteListItem,
)
from scrapers.plain import plain_fields
from vocab.bodies import Body
from vocab.ids import digest

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where items come from: the site, the page's address as it is shown, the row of its archived bytes."""

    site: str
    url: str | None
    page_id: int | None


def record_key(site: str, item: Item) -> str:
    """The key of an item's record in its table: the site, then the item's own key."""
    return f"{site}:{item.key}"


def scope(key: str) -> str:
    """The list that a record stands on: site and kind of its key; a complete walk covers it."""
    return ":".join(key.split(":", 2)[:2])


def statements(item: Item, origin: Origin) -> Iterator[Statement]:
    """What an item states: its record first, then the records of its lines (agenda entries, ballots)."""
    key = record_key(origin.site, item)
    fields = plain_fields(item)
    del fields["key"]
    yield Statement(
        record_type=item.record,
        key=key,
        site=origin.site,
        scope=scope(key),
        part=item.part,
        fields=fields,
        columns=_COLUMNS[type(item)](item),
        url=getattr(item, "url", None) or origin.url,
        page_id=origin.page_id,
    )
    if isinstance(item, SittingItem | VoteListItem):
        yield from _line_statements(item, key, origin)


def _line_statements(item: SittingItem | VoteListItem, sitting: str, origin: Origin) -> Iterator[Statement]:
    """Lines are keyed by their text, so that a line that only moved is the same; a repeated text counts on."""
    entries: Counter[str] = Counter()
    ballots: Counter[str] = Counter()
    for line in item.lines:
        entry = _numbered(f"{sitting}:{digest(line.item.title, *line.item.amends)}", entries)
        columns: Columns = {
            "sitting_key": sitting,
            "day": item.day,
            "position": line.position,
            "kind": line.item.kind,
            "title": line.item.title,
            "readings": ",".join(map(str, line.item.readings)),
            "ballot": line.ballot,
        }
        yield _line("agenda_entry", entry, sitting, plain_fields(line), columns, origin)
        if line.ballot is not None:
            ballot = _numbered(f"{sitting}:{line.ballot}", ballots)
            ballot_fields: Columns = {"number": line.ballot, "entry": entry, "url": line.ballot_url}
            columns = {"sitting_key": sitting, "entry_key": entry, "day": item.day, "number": line.ballot}
            yield _line("ballot_record", ballot, sitting, ballot_fields, columns, origin)


def _numbered(key: str, seen: Counter[str]) -> str:
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}~{seen[key]}"


def _line(
    record_type: str, key: str, sitting: str, fields: Mapping[str, Any], columns: Columns, origin: Origin
) -> Statement:
    return Statement(
        record_type=record_type,
        key=key,
        site=origin.site,
        scope=sitting,
        part="page",
        fields=fields,
        columns=columns,
        url=origin.url,
        page_id=origin.page_id,
    )


def _bill(item: BillItem) -> Columns:
    number = str(item.number) if item.number else None
    return {"number": number, "registered_on": item.registered_on, "title": item.title}


def _agenda(item: SittingItem) -> Columns:
    return {
        "source": "agenda",
        "body": item.body.value,
        "committee": item.committee,
        "day": item.day,
        "number": None,
        "extraordinary": item.extraordinary,
        "title": item.title,
    }


def _protocol(item: ProtocolItem) -> Columns:
    return {
        "source": "protocol",
        "body": Body.PLENARY.value,
        "committee": None,
        "day": item.day,
        "number": item.number,
        "extraordinary": item.extraordinary,
        "title": item.title,
    }


def _vote_list(item: VoteListItem) -> Columns:
    return {
        "source": "vote_list",
        "body": Body.PLENARY.value,
        "committee": None,
        "day": item.day,
        "number": None,
        "extraordinary": False,
        "title": item.title,
    }


def _press_list(item: PressListItem) -> Columns:
    return {"title": item.title, "published_at": item.published_at}


def _press(item: PressItem) -> Columns:
    """The page's own title and moment stand only where the page tells them: the list told them before."""
    told = {"title": item.title, "published_at": item.published_at}
    return {"has_body": True} | {name: value for name, value in told.items() if value is not None}


def _deputy(item: DeputyItem) -> Columns:
    return {
        "name": item.name,
        "convocation": item.convocation,
        "faction": item.faction,
        "shown_on": item.shown_on,
    }


def _act(item: ActItem) -> Columns:
    return {
        "code": item.code,
        "title": item.title,
        "kind": item.kind,
        "adopted_on": item.adopted_on,
        "published_on": item.published_on,
    }


_COLUMNS: dict[type[Item], Callable[[Any], Columns]] = {
    BillItem: _bill,
    SittingItem: _agenda,
    ProtocolItem: _protocol,
    VoteListItem: _vote_list,
    PressListItem: _press_list,
    PressItem: _press,
    DeputyItem: _deputy,
    ActItem: _act,
}
