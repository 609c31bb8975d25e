"""What the codes of runs are called on the desk."""

from web.i18n import N_

STAGES = {
    "crawl": N_("Collecting"),
    "reparse": N_("Reading the archive again"),
    "import": N_("Import"),
    "annotate": N_("Reading the texts"),
    "track": N_("Following and checking"),
    "index": N_("Search"),
    "publish": N_("Publishing"),
    "alerts": N_("Letters to followers"),
}

OUTCOMES = {
    "clean": ("✓", N_("clean"), "kept"),
    "red": ("✕", N_("red"), "broken"),
    "failed": ("✕", N_("broken off"), "broken"),
    "under_way": ("…", N_("under way"), "unsure"),
}
"""A sign, a word and a class for its colour."""

FIGURES = {
    "pages_fetched": N_("pages fetched"),
    "pages_unchanged": N_("pages unchanged"),
    "pages_parsed": N_("pages read"),
    "pages_missing": N_("pages missing"),
    "pages_refused": N_("pages that could not be had"),
    "pages_unreadable": N_("pages that could not be read"),
    "records_new": N_("new records"),
    "records_changed": N_("changed records"),
    "records_unchanged": N_("unchanged records"),
    "quarantined": N_("quarantined"),
    "quarantine_open": N_("open in the quarantine"),
    "vanished": N_("vanished records"),
    "bytes": N_("bytes"),
    "seconds": N_("seconds"),
    "lists": N_("lists"),
    "rows": N_("rows"),
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "texts": N_("texts"),
    "read": N_("read"),
    "failed": N_("could not be read"),
    "edges": N_("likenesses"),
    "records": N_("records"),
    "sittings": N_("sittings"),
    "bills": N_("bills"),
    "findings": N_("findings"),
    "superseded": N_("superseded"),
    "happenings": N_("happenings"),
    "documents": N_("documents"),
    "removed": N_("removed"),
    "files": N_("files"),
    "fetched": N_("fetched"),
    "parsed": N_("read"),
    "missing": N_("missing"),
    "refused": N_("could not be had"),
    "unreadable": N_("could not be read"),
    "items": N_("stated"),
}
