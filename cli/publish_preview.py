"""`baikoo publish preview`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from sqlalchemy import select

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.engine import reader
from db.outbox import Post
from db.settings import load_settings
from db.upsert import table_of
from publish.composing.cards import CardFolder
from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.preview import lengths, preview_text
from publish.composing.templates import FOLDER, Templates
from publish.drafts import Draft, from_json
from publish.message import Message, Refusal, as_json
from publish.settings import load_public_settings
from vocab.errors import UsageError
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, PostKind

EXIT_REFUSED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A draft as one channel gets it in one language."""

    kind: str
    channel: ChannelName
    lang: str
    made: Message | Refusal

    @property
    def row(self) -> dict[str, Any]:
        """In a table."""
        is_made = isinstance(self.made, Message)
        said = ", ".join(map(str, lengths(self.made, self.channel))) if isinstance(self.made, Message) else ""
        card = "card" if isinstance(self.made, Message) and self.made.picture else ""
        known = {"kind": self.kind, "channel": self.channel.value, "lang": self.lang, "lengths": said, "card": card}
        return known | {"refused": "" if is_made else self.cause}

    @property
    def cause(self) -> str:
        """Why it is refused, or ""."""
        return self.made.cause if isinstance(self.made, Refusal) else ""


def preview(
    what: Annotated[
        str, typer.Argument(metavar="[KIND|EVENT]", help="a kind of post, for its example, or the event of a post")
    ] = "",
    channel: Annotated[ChannelName | None, typer.Option("--channel", help="only as this channel gets it")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="only in this language: ky, ru, en")] = None,
    cards: Annotated[
        Path | None, typer.Option("--cards", help="keep the cards in this folder, to look at them")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show posts as people will see them: the words, the parts with their lengths, or why a post is refused.

    Nothing is sent and nothing is kept. Without a name, an overview of all kinds with built-in examples; with your own
    templates, if there are any. A refused post makes the exit code 1.

    Example: `baikoo publish preview vote_result --channel x --lang ky`
    """
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"no language «{lang}»; there are {', '.join(LANGUAGES)}")
    drafts = _drafts(what)
    with _folder(cards) as folder:
        made = list(
            _compose(drafts, [channel] if channel else list(ChannelName), [lang] if lang else LANGUAGES, folder)
        )
    if form is Format.JSON:
        print_json(
            [one.row | {"message": as_json(one.made) if isinstance(one.made, Message) else None} for one in made]
        )
    elif what:
        _print(made)
    else:
        columns = ["kind", "channel", "lang", "lengths", "card", "refused"]
        print_rows([one.row for one in made], columns, title="Examples of posts", empty="There are none.")
    for name in Templates(load_settings().home / FOLDER).unused():
        typer.echo(
            f"{FOLDER}/{name} is named as no kind of post: it counts only where another file includes it", err=True
        )
    if any(one.cause for one in made):
        raise typer.Exit(EXIT_REFUSED)


def _drafts(what: str) -> list[Draft]:
    kinds = [kind for kind in PostKind if what in ("", kind.value)]
    if kinds:
        return [example(kind) for kind in kinds]
    with opened() as engine, reader(engine) as conn:
        post = table_of(Post).c
        kept = conn.execute(select(post.draft).where(post.event == what)).scalar()
    if kept is None:
        known = ", ".join(kind.value for kind in PostKind)
        raise UsageError(f"no post has the event «{what}», and no kind is called so; kinds are {known}")
    return [from_json(kept)]


@contextmanager
def _folder(cards: Path | None) -> Iterator[CardFolder]:
    if cards:
        yield CardFolder(cards)
        return
    with TemporaryDirectory() as passing:
        yield CardFolder(Path(passing))


def _compose(
    drafts: Sequence[Draft], channels: Sequence[ChannelName], langs: Sequence[str], folder: CardFolder
) -> Iterator[_Made]:
    templates, public_url = Templates(load_settings().home / FOLDER), load_public_settings().public_url
    for draft in drafts:
        for channel in channels:
            for lang in langs:
                made = compose_post(draft, channel, lang, public_url=public_url, templates=templates, pictures=folder)
                yield _Made(kind=draft.kind.value, channel=channel, lang=lang, made=made)


def _print(made: Sequence[_Made]) -> None:
    for one in made:
        words = f"REFUSED: {one.cause}" if isinstance(one.made, Refusal) else preview_text(one.made, one.channel)
        typer.echo(f"{one.channel.value}, {one.lang}\n\n{words}\n\n")
