"""What earlier runs found, and people decided, about the places of a batch that speak of bills."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from db.batches import rows_where
from db.links import Link
from tracker.identify.bill_index import SIMILAR, Match
from tracker.identify.bill_keys import Draft, Spot
from tracker.identify.bill_rows import rewrite_bills
from tracker.identify.links import LinkRow, Links
from tracker.identify.merging import BILL, current_ids
from tracker.identify.resolver import DECIDED
from tracker.identify.same_drafts import SameDrafts, forsaken

PRESS = "press_record"


class Settled:
    """The links of a batch as they stood, and as they are written.

    `links` lead to a bill, `refused` are places of which a person decided that they speak of none. `moved` are links
    whose words now belong to another bill, each with that before, and `lost` the bills that a link left.
    """

    def __init__(self, conn: Connection, keys: Mapping[str, Collection[str]], drafts: Sequence[Draft]) -> None:
        self._words = {draft.spot: draft.written for draft in drafts if draft.is_press}
        self._groups = {
            record_type: Links(conn, record_type, BILL, own, self._place_of if record_type == PRESS else None)
            for record_type, own in keys.items()
        }
        decided = {one for group in self._groups.values() for one in group.decided.values() if one}
        current = current_ids(conn, decided)
        for group in self._groups.values():
            group.follow(current)
        self.refused = {(kind, *place) for kind, group in self._groups.items() for place in group.refused()}
        self.links = {
            (kind, *place): link
            for kind, group in self._groups.items()
            if kind != PRESS
            for place, link in group.linked().items()
        }
        self._stale = self._settle_by_words(self._groups[PRESS])
        self._lonely = _lonely(conn, self._stale.values())
        self.moved: list[tuple[LinkRow, str]] = []
        self.lost: set[str] = set()

    def bills(self) -> set[str]:
        """The bills that these links lead to."""
        links = (*self.links.values(), *self._stale.values())
        return {link.dossier_id for link in links if link.dossier_id}

    def only_here(self, spot: Spot) -> Match | None:
        """The bill that nothing but this place told of, when it was read in other words: it stays that bill."""
        link = self._stale.get(spot)
        if link is None or link.dossier_id not in self._lonely:
            return None
        return Match(link.dossier_id, link.method, link.score)

    def loosen(self, conn: Connection, same: SameDrafts) -> None:
        """Forget links made by likeness that no edge supports any more, and what their bills had from them."""
        for spot, link in self.links.items():
            same.settle(spot, link.dossier_id)  # where the words stand now
        made = {spot: link.dossier_id for spot, link in self.links.items() if link.method == SIMILAR}
        similar = {spot: bill for spot, bill in made.items() if bill}
        loose = forsaken(similar, self._held(conn, similar), same)
        words = {(*spot[:2], self.links[spot].written) for spot in loose}
        stored = [(kind, place, link) for kind, group in self._groups.items() for place, link in group.stored().items()]
        spots = {(kind, *place) for kind, place, link in stored if (kind, place[0], link.written) in words}
        rewrite_bills(conn, {similar[spot] for spot in loose}, without=spots)
        self.lost |= {similar[spot] for spot in loose}
        for spot in loose:
            del self.links[spot]
            same.settle(spot, None)

    def _held(self, conn: Connection, similar: Mapping[Spot, str]) -> set[str]:
        """Which of these bills other places lead to."""
        rows = rows_where(conn, Link, "dossier_id", similar.values(), dossier_type=BILL)
        mine = {(kind, key) for kind, group in self._groups.items() for key, _ in group.stored()}
        elsewhere = {row["dossier_id"] for row in rows if (row["record_type"], row["record_key"]) not in mine}
        return elsewhere | {
            link.dossier_id for spot, link in self.links.items() if link.dossier_id and spot not in similar
        }

    def store(self, links: Sequence[LinkRow]) -> set[str]:
        """Write the links; give the bills that gained or lost one."""
        touched: set[str] = set()
        for record_type, group in self._groups.items():
            touched |= group.store([link for link in links if link.record_type == record_type])
            for before, after in group.changed:
                self._note(before, after)
        return touched

    def _note(self, before: LinkRow, after: LinkRow | None) -> None:
        if before.dossier_id is None or (after and _is_as_before(before, after)):
            return
        self.lost.add(before.dossier_id)
        is_same = after is not None and after.written == before.written
        is_told = after is not None and (after.dossier_id or before.method == SIMILAR)
        if after and is_told and is_same and after.method != DECIDED:
            self.moved.append((after, before.dossier_id))

    def _place_of(self, key: str, place: str, written: str) -> str | None:
        """Where these words stand in a press release now, best where they stood before; None: nowhere."""
        places = sorted(one for (_, own, one), words in self._words.items() if own == key and words == written)
        return place if place in places else next(iter(places), None)

    def _settle_by_words(self, group: Links) -> dict[Spot, LinkRow]:
        """Press releases may be numbered anew: a link goes with its words. Gives the links whose words are gone."""
        stored = group.stored()
        decided = group.linked()
        claimed: set[Spot] = set()
        for spot, words in self._words.items():
            here = spot[1:]
            same = [one for one, link in stored.items() if one[0] == spot[1] and link.written == words]
            found = here if here in same else next(iter(sorted(same)), None)
            if here in group.decided and here in decided:
                self.links[spot] = decided[here]
            elif found and stored[found].dossier_id:
                self.links[spot] = replace(stored[found], place=spot[2])
            if found:
                claimed.add((PRESS, *found))
        free = {(PRESS, *place): link for place, link in stored.items() if (PRESS, *place) not in claimed}
        return {spot: link for spot, link in free.items() if spot in self._words and spot not in self.links}


def _is_as_before(before: LinkRow, after: LinkRow) -> bool:
    """False where another bill is meant, and where a press release calls the same one otherwise: its keys differ."""
    reworded = before.record_type == PRESS and before.written != after.written
    return before.dossier_id == after.dossier_id and not reworded


def _lonely(conn: Connection, links: Collection[LinkRow]) -> set[str]:
    """The bills that are told of at one place only."""
    wanted = {link.dossier_id for link in links if link.dossier_id}
    rows = rows_where(conn, Link, "dossier_id", wanted, dossier_type=BILL)
    told = [row["dossier_id"] for row in rows]
    return {bill for bill in wanted if told.count(bill) == 1}
