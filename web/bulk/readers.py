"""Which function reads which table of the model."""

from collections.abc import Callable, Iterator, Mapping

from web.bulk import dossiers, events, media, sources
from web.bulk.batch import Row
from web.bulk.view import View

Reader = Callable[[View], Iterator[Row]]

READERS: Mapping[str, Reader] = {
    "bills": dossiers.bills,
    "bill_aliases": dossiers.bill_aliases,
    "bill_events": events.bill_events,
    "documents": sources.documents,
    "sittings": dossiers.sittings,
    "sitting_events": events.sitting_events,
    "live_videos": media.live_videos,
    "agenda_items": dossiers.agenda_items,
    "registrations": events.registrations,
    "absences": events.absences,
    "transfers": events.transfers,
    "votes": events.votes,
    "people": dossiers.people,
    "memberships": dossiers.memberships,
    "interviews": media.interviews,
    "committees": dossiers.committees,
    "committee_members": dossiers.committee_members,
    "rules": sources.rules,
    "findings": sources.findings,
    "happenings": sources.happenings,
    "records": sources.records,
    "record_versions": sources.record_versions,
    "pages": sources.pages,
    "observations": events.seen_in_the_hall,
}
