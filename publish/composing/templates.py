"""The templates of posts: those of the package, and an editor's own, which go before them.

A template is refused with its file, line and variable as soon as anything in it is not what it must be: an unknown
name, an unknown filter, a text that never ends. It may compute words and nothing else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from publish.composing.filters import filters
from publish.composing.marked import tidy, without_marks
from publish.message import Refusal
from vocab.posts import ChannelName, PostKind

_MOST_PIECES = 20_000
_MOST_LETTERS = 200_000
_MOST_TURNS = 300
_SUFFIX = ".j2"
_SHARED = frozenset({"footer", "lines"})

FOLDER = "templates"
"""The editors' own, below the home."""

_ALONE = re.compile(r"^[ \t]*\{%((?:(?!%\}).)*)%\}[ \t]*\n", re.MULTILINE)  # the line keeps its number
_ALONE_REMARK = re.compile(r"^[ \t]*\{#((?:(?!#\}).)*)#\}[ \t]*\n", re.MULTILINE)

_NO_ATTRIBUTE = re.compile(r"'[\w.]+ object' has no attribute '(\w+)'")

_Faults = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template may run into; each is a fault of the template."""


class _Sandbox(SandboxedEnvironment):
    """Numbers may be multiplied; a text may not: ten letters can ask for all memory there is."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product of numbers. Raises SecurityError for anything else."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"«{operator}» is for numbers alone, and only «*»")
        return super().call_binop(context, operator, left, right)


class _Loader(FileSystemLoader):
    """Files whose own text can make no marks. A line of nothing but a tag or a comment leaves no line behind."""

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        """The text, the file's name, and whether it is still the same."""
        source, name, is_unchanged = super().get_source(environment, template)
        source = _ALONE_REMARK.sub(r"{#\1\n#}", without_marks(source))

        def is_still_it() -> bool:
            """An editor's new file goes before this one as soon as it is there."""
            found = next((path for folder in self.searchpath if (path := Path(folder) / template).is_file()), None)
            return found == Path(name) and is_unchanged()

        return _ALONE.sub(r"{%\1\n%}", source), name, is_still_it


@dataclass(frozen=True, slots=True)
class Templates:
    """Where templates stand; `own` is the folder of an editor's, with a folder a language below it."""

    own: Path | None = None

    def name(self, kind: PostKind, channel: ChannelName, lang: str) -> str | None:
        """The file that speaks: an editor's before the package's, a channel's before that of all."""
        names = (f"{kind.value}.{channel.value}{_SUFFIX}", f"{kind.value}{_SUFFIX}")
        return next((name for folder in self._folders(lang) for name in names if (folder / name).is_file()), None)

    def render(self, kind: PostKind, channel: ChannelName, lang: str, values: Mapping[str, Any]) -> str | Refusal:
        """The marked text, or why there is none."""
        name = self.name(kind, channel, lang)
        if name is None:
            return Refusal(
                cause=f"there is no text for «{kind.value}» in the language «{lang}»: {lang}/posts/{kind.value}.j2"
            )
        try:
            template = _environment(self._folders(lang), lang).get_template(name)
            text = tidy(_limited(template, values))
        except _Faults as fault:
            return Refusal(cause=_cause(fault, lang, name))
        return text or Refusal(cause=f"{lang}/posts/{name} gives no text")

    def unused(self) -> tuple[str, ...]:
        """An editor's files that are named as no post: read only where another one includes them."""
        names = {kind.value for kind in PostKind} | _SHARED
        names |= {f"{kind.value}.{channel.value}" for kind in PostKind for channel in ChannelName}
        found = self.own.glob(f"*/posts/*{_SUFFIX}") if self.own else ()
        return tuple(
            sorted("/".join(path.parts[-3:]) for path in found if path.name.removesuffix(_SUFFIX) not in names)
        )

    def _folders(self, lang: str) -> tuple[Path, ...]:
        given = Path(str(files("publish").joinpath("templates", lang, "posts")))
        return (self.own / lang / "posts", given) if self.own else (given,)


def _limited(template: Template, values: Mapping[str, Any]) -> str:
    text = "".join(islice(template.generate(**values), _MOST_PIECES))
    if len(text) > _MOST_LETTERS:
        raise SecurityError("the text has no end")
    return text


@lru_cache(maxsize=16)
def _environment(folders: tuple[Path, ...], lang: str) -> _Sandbox:
    loader = _Loader([str(folder) for folder in folders])
    environment = _Sandbox(  # gives plain text: every channel escapes in its own way
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters.update(filters(lang))
    environment.globals = {"range": _range, "dict": dict, "namespace": environment.globals["namespace"]}
    return environment


def _range(*numbers: int) -> range:
    """As Python's, but short: loops in loops come to an end. Raises SecurityError for a long one."""
    counted = range(*numbers)
    if len(counted) > _MOST_TURNS:
        raise SecurityError(f"range gives at most {_MOST_TURNS} numbers")
    return counted


def _cause(fault: BaseException, lang: str, name: str) -> str:
    """File, line and what is wrong there."""
    if isinstance(fault, TemplateSyntaxError):
        place = (Path(fault.filename or name).name, fault.lineno)
    else:
        place = next(iter(reversed(list(_places(fault)))), (name, 0))
    line = f", line {place[1]}" if place[1] else ""
    said = _NO_ATTRIBUTE.sub(r"there is no «\1» here", str(fault)) or type(fault).__name__
    return f"template {lang}/posts/{place[0]}{line}: {said}"


def _places(fault: BaseException) -> Iterator[tuple[str, int]]:
    """The places in templates through which the fault came up."""
    for frame, line in walk_tb(fault.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.suffix == _SUFFIX:
            yield file.name, line
