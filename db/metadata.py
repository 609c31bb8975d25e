"""All tables in one place: importing this module makes the metadata whole."""

from sqlmodel import SQLModel

from db import (
    alerts,
    annotations,
    audit,
    bills,
    documents,
    facts,
    findings,
    following,
    happenings,
    links,
    media,
    observations,
    outbox,
    pages,
    people,
    planning,
    protocols,
    records,
    remarks,
    runs,
    search_documents,
    sittings,
    subscriptions,
    users,
)

TABLE_MODULES = (
    alerts,
    annotations,
    audit,
    bills,
    documents,
    facts,
    findings,
    following,
    happenings,
    links,
    media,
    observations,
    outbox,
    pages,
    people,
    planning,
    protocols,
    records,
    remarks,
    runs,
    search_documents,
    sittings,
    subscriptions,
    users,
)

METADATA = SQLModel.metadata
