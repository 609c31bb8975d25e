"""`baikoo media`: the live video of a sitting, and interviews with deputies."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from sqlalchemy import RowMapping

from cli.deciding import WhoOption, decider
from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.audit import Act
from db.engine import reader
from db.media_queries import present_sitting
from db.settings import load_settings
from publish.run import publish_again
from publish.settings import load_public_settings
from tracker.media import add_interview, approve_quote, attach_video, withdraw_interview, withdraw_video
from tracker.media_reading import read_approval, read_interview, read_new_video
from tracker.rows import local_day
from tracker.stored_media import interviews_kept, videos_kept
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.media import PLATFORM_NAMES

_NEWEST = 200

ApproverOption = Annotated[str, typer.Option("--approver", help="who approved the quote; the public reads it")]
HowOption = Annotated[str, typer.Option("--how", help="how it was approved: by which letter or message; for the desk")]
OnOption = Annotated[str, typer.Option("--on", help="on which day it was approved: 2026-11-20")]


class Kind(StrEnum):
    """What can be withdrawn."""

    VIDEO = "video"
    INTERVIEW = "interview"


def build() -> typer.Typer:
    """Attach live video to sittings and keep interviews; list and withdraw them."""
    app = typer.Typer(help="Live video of sittings, and interviews. A correction is a withdrawal and a new one.")
    video = typer.Typer(help="The live video of a sitting on Facebook or YouTube.")
    video.command("add")(add_video)
    interview = typer.Typer(help="Interviews with deputies; a quote is public after its approval only.")
    interview.command("add")(add)
    interview.command("approve")(approve)
    app.add_typer(video, name="video")
    app.add_typer(interview, name="interview")
    app.command("list")(list_media)
    app.command("withdraw")(withdraw)
    return app


def add_video(
    sitting: Annotated[str, typer.Argument(metavar="SITTING", help="the id of the sitting: plenary-2026-12-02")],
    url: Annotated[str, typer.Argument(metavar="URL", help="the address of one video on Facebook or YouTube")],
    starts: Annotated[str, typer.Option("--starts", help="when it begins: 10:00; default: with the sitting")] = "",
    who: WhoOption = None,
) -> None:
    """Attach the video of a sitting; the same again changes nothing. `baikoo publish` brings it to feeds and calendars.

    Example: `baikoo media video add plenary-2026-12-02 "https://www.youtube.com/watch?v=abcdefghijk" --starts 10:00`
    """
    with opened() as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            row = present_sitting(conn, sitting)
            if row is None:
                raise UsageError(f"there is no sitting {sitting}: its id stands in the address of its page")
            video = read_new_video({"url": url, "starts": starts}, row["day"])
            number = attach_video(conn, sitting, video, act)
    typer.echo(f"Video {number}: {row['id']} on {PLATFORM_NAMES[video.platform]}, {video.url}")


def add(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="the id of the person, as in the address of the page")
    ],
    url: Annotated[str, typer.Argument(metavar="URL", help="where the interview stands")],
    title: Annotated[str, typer.Option("--title", help="its title, in its own language")],
    day: Annotated[str, typer.Option("--day", help="its day: 2026-11-20")],
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", help="name=value, repeated: language (ky, ru, en), bill, quote, approver, how, on"),
    ] = None,
    who: WhoOption = None,
) -> None:
    """Keep an interview; the same again changes nothing. A quote is public once approver, how and on are told.

    Example: `baikoo media interview add asanov-asan https://a.kg/1 --title "…" --day 2026-11-20 --field language=ru`
    """
    said = _named(fields or ())
    told = {"title": title, "day": day, "url": url, **said}
    interview = read_interview(told, person, said.get("bill") or None, local_day(datetime.now(UTC)))
    with opened() as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            number = add_interview(conn, interview, act)
    waits = " The quote is shown nowhere until it is approved." if interview.quote and not interview.approval else ""
    typer.echo(f"Interview {number}: {person}, {interview.url}.{waits}")


def _named(fields: Sequence[str]) -> dict[str, str]:
    """The fields by the names that `read_interview` knows. Raises UsageError for another name."""
    names = {"language": "language", "bill": "bill", "quote": "quote", "approver": "approver"}
    names |= {"how": "approved_how", "on": "approved_on"}
    said = {name: value for name, _, value in (one.partition("=") for one in fields)}
    unknown = sorted(said.keys() - names.keys())
    if unknown:
        raise UsageError(f"{unknown[0]} is no field of an interview; there are {', '.join(names)}")
    return {names[name]: value for name, value in said.items()}


def approve(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="the number of the interview")],
    approver: ApproverOption,
    how: HowOption,
    on: OnOption,
    who: WhoOption = None,
) -> None:
    """Keep that the quote of an interview was approved, by whom, how and when; from now on it is public.

    Example: `baikoo media interview approve 3 --approver "A. Asanov" --how "letter of 19 November" --on 2026-11-19`
    """
    said = {"approver": approver, "approved_how": how, "approved_on": on}
    approval = read_approval(said, local_day(datetime.now(UTC)))
    with opened() as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            approve_quote(conn, number, approval, act)
    typer.echo(f"The quote of interview {number} is approved and public.")


def list_media(form: FormatOption = Format.TABLE) -> None:
    """List videos and interviews, withdrawn ones too, the newest first.

    Example: `baikoo media list`
    """
    with opened() as engine, reader(engine) as conn:
        videos, interviews = videos_kept(conn, _NEWEST), interviews_kept(conn, _NEWEST)
    if form is Format.JSON:
        print_json({"videos": [dict(row) for row in videos], "interviews": [dict(row) for row in interviews]})
        return
    columns = ("id", "of", "what", "state")
    print_rows([_video(row) for row in videos], columns, title="Videos", empty="No video was attached.")
    print_rows([_interview(row) for row in interviews], columns, title="Interviews", empty="No interview was kept.")


def withdraw(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="video or interview")],
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="its number")],
    reason: Annotated[str, typer.Option("--reason", help="why; kept, and not shown to the public")],
    who: WhoOption = None,
) -> None:
    """Take a video or an interview back: it leaves pages and feeds at once, and stays on the list with the reason.

    Example: `baikoo media withdraw video 7 --reason "the address of another sitting"`
    """
    settings = load_settings()
    take_back = withdraw_video if kind is Kind.VIDEO else withdraw_interview
    with opened(settings) as engine:
        act = Act(who=decider(engine, who), at=datetime.now(UTC))
        with engine.begin() as conn:
            take_back(conn, number, reason, act)
        publish_again(engine, settings.public_dir, public=load_public_settings(), now=act.at)
    typer.echo(f"{kind.value.capitalize()} {number} is withdrawn.")


def _video(row: RowMapping) -> dict[str, Any]:
    begins = f", {row['starts_at'].astimezone(BISHKEK):%Y-%m-%d %H:%M}" if row["starts_at"] else ""
    return {"id": row["id"], "of": row["sitting_id"], "what": f"{row['url']}{begins}", "state": _state(row)}


def _interview(row: RowMapping) -> dict[str, Any]:
    of = row["person"] if row["bill_id"] is None else f"{row['person']}, {row['bill_id']}"
    quote = f" «{row['quote']}»" if row["quote"] else ""
    waits = "the quote waits for its approval" if row["quote"] and not row["approved_on"] else ""
    what = f"{row['day']} {row['title']} {row['url']}{quote}"
    return {"id": row["id"], "of": of, "what": what, "state": _state(row) or waits}


def _state(row: RowMapping) -> str:
    return f"withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}" if row["withdrawn_at"] else ""
