"""Is a finished walk clean? Count guards, lost pages, broken page types; and what it covered wholly. Pure."""

from collections.abc import Iterator

from scrapers.figures import KindWalk, Walk
from scrapers.source import PageKind, Source

_SHOWN = 3


def reasons(walk: Walk, source: Source, *, live: bool, complete: bool) -> tuple[str, ...]:
    """Why the run is red; () for a clean one. `complete` False: the crawl was asked for a part only.

    On a live site a start page must be there. A recording holds what its maker took: there a page that is missing
    is counted, and of the guards only the upper ones hold.
    """
    found = list(walk.errors)
    for name, kind in sorted(walk.kinds.items()):
        page = source.kind(name)
        found += _broken(kind, page)
        if live and page.verified and kind.start_lost & kind.missing:
            found.append(f"{name}: the start page is not there: {_some(kind.start_lost & kind.missing)}")
        found += _outside(kind, page, live=live and complete)
    return tuple(found)


def _broken(kind: KindWalk, page: PageKind) -> Iterator[str]:
    if kind.refused:
        yield f"{page.name}: {len(kind.refused)} pages could not be had: {_some_why(kind.refused)}"
    if not kind.unreadable:
        return
    if kind.start_lost & kind.unreadable.keys():
        yield f"{page.name}: the list itself cannot be read: {_some_why(kind.unreadable)}"
    elif not kind.answered:
        yield f"{page.name}: no page of this type can be read: {_some_why(kind.unreadable)}"


def _outside(kind: KindWalk, page: PageKind, *, live: bool) -> Iterator[str]:
    """The totals that source.yml does not expect."""
    least, most, total = page.counts.least, page.counts.most, len(kind.records)
    if live and least is not None and total < least and not kind.start_lost:
        yield f"{page.name}: {total} records, expected at least {least}"
    if most is not None and total > most:
        yield f"{page.name}: {total} records, expected at most {most}"


def covered(walk: Walk, source: Source, *, live: bool) -> tuple[tuple[str, str], ...]:
    """Record types and scopes whose every record a complete, clean walk has shown."""
    return tuple(
        scope
        for name in sorted(walk.kinds)
        for scope in source.kind(name).covers
        if _walked_wholly(walk, source, name, live=live)
    )


def looked_for(walk: Walk, source: Source) -> dict[str, str]:
    """What a clean walk would have shown had it been there: the thing → the address where its list begins ("": none).

    The failing of one page is no look, and neither is one that the site says is gone: what we miss may stand on it.
    """
    return {
        what.value: next(iter(source.kind(name).start), "")
        for name in sorted(walk.kinds)
        for what in source.kind(name).shows
        if _walked_wholly(walk, source, name, live=False)
    }


def _walked_wholly(walk: Walk, source: Source, name: str, *, live: bool) -> bool:
    """Each list was read to its end, and every page it led to, and every page that led to it.

    A page that a live site says is gone is an answer; in a recording it may only not have been taken. Files state no
    records: one that cannot be had leaves the list whole.
    """
    if not walk.of(name).answered or walk.of(name).open_ended:
        return False
    kinds = {one for one in walk.around(name) if not source.kind(one).files}
    parts = [walk.of(one) for one in kinds]
    lost = any(part.refused or part.unreadable or part.start_lost or (part.missing and not live) for part in parts)
    return not lost and not kinds & walk.spoiled


def not_recorded(walk: Walk) -> tuple[str, ...]:
    """The page types whose start pages a recording lacks."""
    return tuple(
        name
        for name, kind in sorted(walk.kinds.items())
        if kind.start_lost and kind.start_lost <= kind.missing and not kind.answered
    )


def _some(addresses: set[str]) -> str:
    shown = sorted(addresses)[:_SHOWN]
    return ", ".join(shown) + (" …" if len(addresses) > _SHOWN else "")


def _some_why(reasons: dict[str, str]) -> str:
    shown = [f"{address} ({reason})" for address, reason in sorted(reasons.items())[:_SHOWN]]
    return "; ".join(shown) + (" …" if len(reasons) > _SHOWN else "")
