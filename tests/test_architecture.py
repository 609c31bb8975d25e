"""The bars of the house: sizes, names, where errors are translated, nothing happens on import, one writer per table."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("vocab", "db", "scrapers", "nlp", "tracker", "publish", "jobs", "web", "cli")
CODE = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
# Migrations are generated and never edited afterwards: they grow with the tables.
GENERATED = ROOT / "db" / "migrations" / "versions"
ALL_CODE = sorted([*CODE, *(path for name in ("tests", "benchmarks") for path in (ROOT / name).rglob("*.py"))])

FILE_LINES = 300
FUNCTION_LINES = 40
PAGE_BYTES = 200_000

TOP_LEVEL = {
    *PACKAGES,
    *(".ci", "benchmarks", "docs", "requirements", "tests"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
    *(".env.example", ".gitignore", "Makefile", "pyproject.toml", "scrapy.cfg"),
}
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "misc", "data2"}

# The single place of each stage that translates unexpected errors: nobody else catches everything.
RUNNERS: set[str] = {
    *("scrapers/visit.py", "nlp/run.py", "nlp/documents/worker.py"),
    *("publish/outbox/outside.py", "publish/alerts/preparing.py"),
}

# Calls that only compute: a module may make them while it is imported. A class may always be made.
PURE = {
    *("date", "datetime", "dict", "field", "frozenset", "len", "list", "range", "set", "sorted", "tuple", "timedelta"),
    *("compile", "enumerate", "format", "fromkeys", "items", "join", "keys", "maketrans", "split", "values", "zip"),
    *("getLogger", "signed_in", "table_of"),
}
# What alembic runs: its work *is* the import.
RUN_BY_IMPORT = {"db/migrations/env.py"}

# What the words may not reach: they are the standard library without input and output.
INPUT_AND_OUTPUT = {"asyncio", "http", "io", "os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "tempfile"}


def written_by_hand() -> list[Path]:
    return [path for path in ALL_CODE if not path.is_relative_to(GENERATED)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def places(path: Path, nodes: Iterable[ast.stmt | ast.expr | ast.ExceptHandler]) -> list[str]:
    return [f"{name_of(path)}:{node.lineno}: {ast.unparse(node).splitlines()[0][:80]}" for node in nodes]


def test_there_is_code_to_look_at() -> None:
    assert len(CODE) > len(PACKAGES)


def test_files_are_short() -> None:
    long = {
        name_of(path): count
        for path in written_by_hand()
        if (count := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}, f"more than {FILE_LINES} lines"


def test_functions_are_short() -> None:
    long = [
        f"{name_of(path)}:{node.lineno}: {node.name}"
        for path in written_by_hand()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES
    ]
    assert long == [], f"more than {FUNCTION_LINES} lines"


def test_recorded_pages_are_small() -> None:
    pages = [path for path in (ROOT / "tests" / "pages").rglob("*") if path.is_file()]
    assert {name_of(path) for path in pages if path.stat().st_size > PAGE_BYTES} == set()


def test_names_say_what_is_inside() -> None:
    assert {name_of(path) for path in ALL_CODE if VAGUE_NAMES & {path.stem, path.parent.name}} == set()


def test_the_top_level_holds_what_the_design_names() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing tells what belongs to the project")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} - TOP_LEVEL == set()


def test_only_runners_catch_everything() -> None:
    broad = {name_of(path) for path in CODE if any(catches_everything(node) for node in ast.walk(tree_of(path)))}
    assert broad == RUNNERS


def catches_everything(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in caught)


def test_nothing_happens_on_import() -> None:
    code = [path for path in CODE if name_of(path) not in RUN_BY_IMPORT]
    assert [place for path in code for place in places(path, import_time_work(tree_of(path)))] == []


def import_time_work(tree: ast.Module) -> Iterator[ast.stmt | ast.expr]:
    """Statements that do something, and calls that are not known as pure computations."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for statement in statements_run_on_import(tree.body):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from (call for call in calls_in(statement) if not is_pure(call, functions))
        elif not is_declaration(statement):
            yield statement


def statements_run_on_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield from statements_run_on_import(statement.body)
        else:
            yield statement


def is_declaration(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=test):
            return ast.unparse(test) in {"TYPE_CHECKING", "__name__ == '__main__'"}
    return False


def calls_in(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that are made when this is run; those inside a lambda come later."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from calls_in(child)


def is_pure(call: ast.Call, functions: dict[str, ast.FunctionDef]) -> bool:
    """A class, a computation of the list, or a function of this module that is made of such calls."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name in PURE or name.lstrip("_")[:1].isupper():
        return True
    return name in functions and all(is_pure(inner, functions) for inner in calls_in(functions[name]))


@pytest.mark.parametrize(
    ("code", "work"),
    [
        ("A = re.compile('a')", []),
        ("A = Path('data').read_text()", ["Path('data').read_text()"]),
        ("A = os.environ.get('A')", ["os.environ.get('A')"]),
        ("def f():\n    return open('a')\nA = f()", ["f()"]),
        ("def f():\n    return open('a')", []),
        ("A = lambda: open('a')", []),
        ("class C:\n    a = load()", ["load()"]),
        ("connect()", ["connect()"]),
        ("if TYPE_CHECKING:\n    import a", []),
        ("for a in b:\n    pass", ["for a in b:\n    pass"]),
    ],
)
def test_import_time_work_is_seen(code: str, work: list[str]) -> None:
    assert [ast.unparse(node) for node in import_time_work(ast.parse(code))] == work


def test_the_words_need_nothing_but_the_language() -> None:
    allowed = (sys.stdlib_module_names | {"vocab"}) - INPUT_AND_OUTPUT
    foreign = {
        f"{name_of(path)}: {name}"
        for path in CODE
        if path.is_relative_to(ROOT / "vocab")
        for name in imported_packages(tree_of(path))
        if name not in allowed
    }
    assert foreign == set()


def imported_packages(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
