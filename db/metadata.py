"""All tables in one place: importing this module makes the metadata whole."""

from sqlmodel import SQLModel

from db import (
    annotations,
    bills,
    documents,
    findings,
    happenings,
    links,
    observations,
    pages,
    people,
    protocols,
    records,
    runs,
    search_documents,
    sittings,
)

TABLE_MODULES = (
    annotations,
    bills,
    documents,
    findings,
    happenings,
    links,
    observations,
    pages,
    people,
    protocols,
    records,
    runs,
    search_documents,
    sittings,
)

METADATA = SQLModel.metadata
