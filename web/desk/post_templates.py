"""The templates of posts on the desk: an example of each kind as every channel gets it, and where own files go."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from markupsafe import Markup

from publish.composing.examples import example
from publish.composing.posts import compose_post
from publish.composing.templates import FOLDER, Templates
from publish.message import Refusal
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, PostKind
from vocab.roles import Role
from web.access import SignedIn, signed_in, staff_page
from web.desk.post_page import ADDRESS, shown, template_words
from web.desk.post_parameters import TemplateQuery
from web.visit import VisitDep

router = APIRouter(prefix=f"{ADDRESS}/templates")
EditorDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An example as one channel gets it, or why it is refused; `file` is the template, `own` that it is an editor's."""

    channel: ChannelName
    file: str
    own: bool
    look: Markup | None
    cause: str


@router.get("")
def templates(visit: VisitDep, who: EditorDep, wanted: Annotated[TemplateQuery, Query()]) -> Response:
    """One kind in one language on every channel. Cards are left out: they are drawn when a post is composed."""
    lang = wanted.language or who.language
    own = Templates(own=visit.site.settings.home / FOLDER)
    tried = [_try(own, wanted.kind, channel, lang, visit.site.public_url) for channel in ChannelName]
    return staff_page(
        visit,
        who,
        "desk/post_templates.html",
        wanted=wanted,
        language=lang,
        kinds=list(PostKind),
        languages_of=LANGUAGES,
        tried=tried,
        **template_words(),
    )


def _try(templates: Templates, kind: PostKind, channel: ChannelName, lang: str, public_url: str) -> Tried:
    made = compose_post(example(kind), channel, lang, public_url=public_url, templates=templates, pictures=None)
    file = templates.name(kind, channel, lang) or ""
    is_own = bool(templates.own and file and (templates.own / lang / "posts" / file).is_file())
    if isinstance(made, Refusal):
        return Tried(channel=channel, file=file, own=is_own, look=None, cause=made.cause)
    return Tried(channel=channel, file=file, own=is_own, look=shown(made, channel), cause="")
