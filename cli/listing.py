"""The commands by name: listed without being loaded, each imported when it is run.

A command that reads texts needs libraries that take seconds to load; the others, and the list, must not wait for them.
"""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any, Final

import typer
import typer.core
import typer.main

MARKUP: Final = "markdown"
GROUP = "build"
"""The function of a module of several commands: it gives a Typer, its docstring is the group's help."""


class Loaded(Mapping[str, Any]):
    """The commands themselves by name; asking for one imports its module.

    Made from «module:function» by name, the module being one of `cli`.
    """

    def __init__(self, listed: Mapping[str, str]) -> None:
        self._listed = listed

    def __getitem__(self, name: str) -> Any:
        module, _, function = self._listed[name].partition(":")
        made = getattr(import_module(f"cli.{module}"), function)
        holder = typer.Typer(rich_markup_mode=MARKUP, pretty_exceptions_enable=False)
        if function == GROUP:
            holder.add_typer(made(), name=name, help=made.__doc__)
        else:
            holder.command(name)(made)
        return typer.main.get_group(holder).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def help_of(place: str) -> str:
    """The docstring of «module:function», read from the source; "" where it has none."""
    module, _, function = place.partition(":")
    tree = ast.parse(files("cli").joinpath(f"{module}.py").read_text("utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    return next(((ast.get_docstring(node) or "") for node in found), "")


def group_of(listed: Mapping[str, str]) -> type[typer.core.TyperGroup]:
    """The class of a group with these commands, «module:function» by name."""

    class Group(typer.core.TyperGroup):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given | {"commands": Loaded(listed)})

        def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
            """A stand-in with name and help: enough for the list and for «no such command»."""
            place = listed.get(cmd_name)
            return typer.core.TyperCommand(cmd_name, help=help_of(place)) if place else None

        def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
            """The names in the order of the list."""
            return list(listed)

        def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
            """The command that is about to run."""
            name, _, rest = super().resolve_command(ctx, args)
            return name, self.commands[name] if name else None, rest

    return Group
