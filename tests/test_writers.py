"""Every table has one writer: only its module, or the modules of its folder, change its rows.

Read from the code, not from a run: each `upsert`, `insert`, `update`, `delete` and `add` names the table that it
changes, directly or by names given to it in the same module.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pytest
from sqlmodel import SQLModel

from db.metadata import METADATA, TABLE_MODULES
from db.records import RECORD_TABLES
from db.upsert import table_of
from tests.test_architecture import CODE, PACKAGES, name_of, tree_of

# Table → the module, or the folder of modules, that writes it. The tables of records are written through db.versions.
WRITERS: Mapping[str, str | tuple[str, ...]] = {
    "SourcePage": "scrapers/shelf.py",
    "PageRecord": "scrapers/shelf.py",
    "RECORD_TABLES": ("scrapers/pipelines/store.py", "scrapers/finish.py"),
    "RecordVersion": "db/versions.py",
    "PendingRecord": "db/pending.py",
    "SearchDocument": "db/search_store.py",
    "SearchFacet": "db/search_store.py",
    "SearchWord": "db/search_store.py",
    "PendingText": "db/pending.py",
    "Document": "scrapers/pipelines/projections.py",
    "RegistrationMark": "scrapers/pipelines/projections.py",
    "BreakMark": "scrapers/pipelines/projections.py",
    "AbsenceMark": "scrapers/pipelines/projections.py",
    "TransferMark": "scrapers/pipelines/projections.py",
    "Quarantine": "scrapers/pipelines/quarantine.py",
    "Origin": "scrapers/runs.py",
    "Bill": "tracker/identify",
    "BillKey": "tracker/identify",
    "BillAlias": "tracker",
    "BillsApart": "tracker",
    "BillStanding": "tracker/standings.py",
    "Person": "tracker/identify",
    "PersonKey": "tracker/identify",
    "Membership": "tracker/identify",
    "Sitting": "tracker/identify",
    "AgendaItem": "tracker/identify",
    "Link": "tracker/identify",
    "LinkDecision": "tracker",
    "Observation": "tracker/observations.py",
    "Upload": "tracker/uploads.py",
    "StatedFact": "tracker/facts.py",
    "Finding": "tracker",
    "NotApplicable": "tracker/not_applicable.py",
    "FindingReview": "tracker",
    "Remark": "tracker/remarks.py",
    "RemarkContact": "tracker/remarks.py",
    "RemarkDecision": "tracker/remarks.py",
    "Correction": "tracker/corrections.py",
    "Post": "publish/outbox",
    "PostNews": "publish/outbox",
    "PostFinding": "publish/outbox",
    "Delivery": "publish/outbox",
    "DeliveryStep": "publish/outbox",
    "ChannelState": "publish/outbox",
    "LiveVideo": "tracker/media.py",
    "Interview": "tracker/media.py",
    "Subscription": "publish/alerts",
    "AlertTold": "publish/alerts",
    "BotOffset": "publish/alerts/bot.py",
    "Happening": "tracker",
    "HappeningAbout": "tracker",
    "SavedSearch": ("publish/saved_searches.py", "publish/lapsing.py"),
    "SavedMatch": ("publish/saved_searches.py", "publish/lapsing.py"),
    "PendingMatch": "db/pending.py",
    "LinkChange": "tracker",
    "PlannedSitting": "tracker/week/sittings.py",
    "SittingMark": ("tracker/week/sittings.py", "tracker/identify/moved.py"),
    "Duty": "tracker/week",
    "WatchedCommittee": "tracker/week/duties.py",
    "AccessRequest": "tracker/week/duties.py",
    "Reminder": "tracker/week/reminders.py",
    "CalendarLink": "tracker/week/calendar_links.py",
    "Annotation": "nlp",
    "MentionRow": "nlp",
    "ActKey": "nlp",
    "ActCitation": "nlp",
    "PressEventRow": "nlp",
    "TopicRow": "nlp",
    "TopicDecision": "nlp",
    "DraftEdge": "nlp",
    "DraftMention": "nlp",
    "DraftBlock": "nlp",
    "DocumentText": "nlp",
    "StaffAlert": "publish/alerting.py",
    "Audit": "db/audit.py",
    "User": "db/accounts.py",
    "UserSession": "db/sessions.py",
    "Ticket": "db/tickets.py",
    "SignInBrake": "db/brakes.py",
}
# Written by every stage, each its own rows.
SHARED = {"Run"}
MODELS: Mapping[str, type[SQLModel]] = {
    name: value
    for module in TABLE_MODULES
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, SQLModel) and hasattr(value, "__table__")
}
RECORDS = {model.__name__ for model in RECORD_TABLES.values()}
# Functions of `db` that write the tables of records, whichever they are.
RECORD_WRITERS = {
    *("store_statements", "mark_vanished", "touch_records_of_pages"),
}
# Where a call that writes names its table; a table's own methods of the same names do so by what they belong to.
POSITIONS = {"upsert": 1, "delete_where": 1, "insert": 0, "update": 0, "delete": 0}


class OwnNames(ast.NodeTransformer):
    """Tells the local names of each function apart: `table` in `store` becomes `store.table`."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        own = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
        own |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id in own:
                part.id = f"{node.name}.{part.id}"
        return node


def writes(tree: ast.Module) -> set[str]:
    """The tables that a module changes, by the names that they have in `db`."""
    imported = {name: original for name, original in names_from_db(tree) if original[:1].isupper()}
    given = names_given(OwnNames().visit(tree))
    reached = (reach(name, given) for call in calls(tree) for name in table_names(table_part(call)))
    tables = {imported[name] for names in reached for name in names & imported.keys()}
    if RECORD_WRITERS & {original for _, original in names_from_db(tree)}:
        tables.add("RECORD_TABLES")
    return {"RECORD_TABLES" if table in RECORDS else table for table in tables}


def names_from_db(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "db":
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def table_part(call: ast.Call) -> ast.expr | None:
    """The part of a call that says which table is changed: `upsert(conn, X, …)`, `delete(X)`, `X.insert()`."""
    match call.func:
        case ast.Name(id=name) if name in POSITIONS:
            named = {keyword.arg: keyword.value for keyword in call.keywords}
            position = POSITIONS[name]
            return call.args[position] if len(call.args) > position else named.get("model")
        case ast.Attribute(value=ast.Name(id=name), attr="add" | "add_all") if "session" in name:
            return call.args[0]
        case ast.Attribute(value=owner, attr=name) if name in POSITIONS:
            return owner
    return None


def names_in(node: ast.AST | None) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} if node else set()


def names_given(tree: ast.Module) -> Mapping[str, set[str]]:
    """A name → the names that its values are made of, anywhere in the module: assignments, loops and arguments."""
    given: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        for target, value in bindings(node):
            for name in names_in(target):
                given[name] |= table_names(value)
    functions: dict[str, list[list[str]]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            functions[node.name].append([one.arg for one in node.args.args if one.arg not in {"self", "cls"}])
    for call in calls(tree):
        for parameter, value in arguments(call, functions):
            given[parameter] |= table_names(value)
    return given


def bindings(node: ast.AST) -> Iterable[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            return [(target, value) for target in targets]
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return [(target, value)]
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            return [(target, value)]
    return []


def arguments(call: ast.Call, functions: Mapping[str, list[list[str]]]) -> Iterator[tuple[str, ast.expr]]:
    """The parameters of a function of this module and what a call gives to them; `functions` by name."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    for parameters in functions.get(name, ()):
        passed = [*zip(parameters, call.args, strict=False), *((one.arg, one.value) for one in call.keywords)]
        yield from ((f"{name}.{parameter}", value) for parameter, value in passed)


def table_names(value: ast.AST | None) -> set[str]:
    """The names of a value that may be a table: a name, a row being made, a collection; not what a query read."""
    match value:
        case ast.Name(id=name):
            return {name}
        case ast.Call(func=ast.Name(id="table_of"), args=[part]):
            return table_names(part)
        case ast.Call(func=ast.Name(id=name)) if name[:1].isupper():
            return {name}
        case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Call(func=ast.Attribute(value=inner)):
            return table_names(inner)
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict():
            return set().union(*map(table_names, ast.iter_child_nodes(value)))
    return set()


def reach(name: str, given: Mapping[str, set[str]]) -> set[str]:
    """A name and all that it may stand for."""
    found: set[str] = set()
    ahead = {name}
    while ahead:
        found |= ahead
        ahead = set().union(*(given.get(one, set()) for one in ahead)) - found
    return found


def test_every_table_has_a_writer() -> None:
    named = {table_of(model).name for model in MODELS.values()}
    assert METADATA.tables.keys() == named
    assert MODELS.keys() - WRITERS.keys() - SHARED - RECORDS == set()


def test_only_the_writer_changes_a_table() -> None:
    foreign = {
        f"{name_of(path)} changes {table}"
        for path in CODE
        if (module := name_of(path)).split("/")[0] in set(PACKAGES) - {"db"}
        for table in writes(tree_of(path)) - SHARED
        if not module.startswith(WRITERS.get(table, "nobody"))
    }
    assert foreign == set()


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("upsert(conn, Bill, rows, key=('id',))", {"Bill"}),
        ("upsert(conn, rows=rows, model=Bill)", {"Bill"}),
        ("conn.execute(delete(Bill))", {"Bill"}),
        ("B = table_of(Bill)\ndef f():\n    B.insert()", {"Bill"}),
        ("conn.execute(select(Bill))", set()),
        ("rows = select(Bill)\nupsert(conn, Link, rows)", {"Link"}),
        ("def f():\n    t = table_of(Bill)\n    select(t)\ndef g(t):\n    t.delete()\ng(Link)", {"Link"}),
        ("for table in (Bill, Link):\n    table.delete()", {"Bill", "Link"}),
        ("def f(model):\n    upsert(conn, model, [])\nf(Bill)", {"Bill"}),
        ("def f(*, model):\n    upsert(conn, model, [])\nf(model=Bill)", {"Bill"}),
        ("a = Bill(id=1)\nsession.add(a)", {"Bill"}),
        ("table = RECORD_TABLES['act']\nupdate(table)", {"RECORD_TABLES"}),
        ("mark_vanished(conn, 'act', 'scope')", {"RECORD_TABLES"}),
        ("found = set()\nfound.add(Bill.id)\ncounts.update(rows)", set()),
    ],
)
def test_writes_are_seen(code: str, tables: set[str]) -> None:
    models = "from db.x import Bill, Link, RECORD_TABLES\n"
    functions = "from db.versions import mark_vanished\n" if "mark_vanished" in code else ""
    assert writes(ast.parse(models + functions + code)) == tables
