"""PostgreSQL databases for the tests: making one takes a second, so one that was used is emptied and lent again."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, NullPool, create_engine, text

MOST_BYTES = 64 * 1024 * 1024
"""A database that grew larger is dropped: the places of deleted rows would make the next test slow."""

_OURS = "c.relnamespace = 'public'::regnamespace"
_SHAPE = f"""
SELECT concat_ws(' ', c.relname, c.relkind, a.attnum, a.attname, a.atttypid, a.attnotnull, a.atthasdef)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE {_OURS} AND c.relkind <> 't'
UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE conrelid <> 0
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT concat_ws(' ', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_'
ORDER BY 1
"""
_SEQUENCES = "SELECT quote_ident(sequencename), start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass(frozen=True, slots=True)
class State:
    """All that a fresh database is: its shape, the rows that the migrations put into it, its sequences."""

    shape: tuple[str, ...]
    rows: dict[str, list[str]]
    sequences: dict[str, tuple[int, bool]]


@dataclass
class Databases:
    """Lends databases with all tables. One that comes back is emptied, and dropped where it is not as it was."""

    admin: Engine
    template: str
    fresh: State
    _free: list[str] = field(default_factory=list)

    def lend(self) -> str:
        """The name of a database that is as the migrations leave it."""
        if self._free:
            return self._free.pop()
        name = f"test_{uuid.uuid4().hex}"
        with self.admin.connect() as conn:
            conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {self.template}"))
        return name

    def take_back(self, name: str) -> None:
        """The test is over: whoever is still connected is thrown out."""
        with self.admin.connect() as conn:
            said = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name"
            conn.execute(text(said), {"name": name})
            small = conn.scalars(text("SELECT pg_database_size(:name)"), {"name": name}).one() <= MOST_BYTES
            if small and self._empties(name):
                self._free.append(name)
            else:
                conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def _empties(self, name: str) -> bool:
        opened = open_alone(self.admin, name)
        with opened.begin() as conn:
            _empty(conn, self.fresh)
            same = state_of(conn) == self.fresh
        opened.dispose()
        return same


def open_alone(admin: Engine, name: str) -> Engine:
    """A database of the same server, as its owner: each connection is closed at once."""
    return create_engine(admin.url.set(database=name), poolclass=NullPool)


def state_of(conn: Connection) -> State:
    """What the database is now."""
    sequences = {name: (last or start, last is not None) for name, start, last in conn.execute(text(_SEQUENCES))}
    rows = {table: list(conn.scalars(text(f"SELECT t::text FROM {table} t ORDER BY 1"))) for table in _filled(conn)}
    return State(shape=tuple(conn.scalars(text(_SHAPE))), rows=rows, sequences=sequences)


def _filled(conn: Connection) -> list[str]:
    """The tables with rows; foreign keys and triggers are no matter here."""
    tables = conn.scalars(text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")).all()
    asked = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {one})" for one in tables)
    return sorted(conn.scalars(text(asked))) if tables else []


def _empty(conn: Connection, fresh: State) -> None:
    conn.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign key asks, no trigger runs
    for table in _filled(conn):
        if table not in fresh.rows:
            conn.execute(text(f"DELETE FROM {table}"))
    for name, (value, called) in fresh.sequences.items():
        conn.execute(text("SELECT setval(:name, :value, :called)"), {"name": name, "value": value, "called": called})
