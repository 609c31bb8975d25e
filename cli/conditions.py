"""What the staff has to know: red runs, silent sources, the quarantine, backups, remarks, a database that is behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from db.outbox import Delivery
from db.remarks import Remark
from db.runs import Run
from db.settings import HomeSettings
from db.upsert import table_of
from jobs.ledger import STANDS_STILL, Ledger, last_pulse
from jobs.schedule import load_schedule
from publish.outbox.switching import states
from tracker.health.signs import State
from vocab.languages import DEFAULT_LANGUAGE
from vocab.posts import DeliveryState
from vocab.remarks import RemarkState
from web.desk.run_words import STAGES
from web.health_words import TITLES, about_of, plain, sentence_of
from web.i18n import N_, translations
from web.site_health import health_of

DATABASE = "database"
_OLD_BACKUP = timedelta(days=2)
_RED_RUN = N_("%(stage)s: the last run is red. %(reasons)s")
_GREW = N_("%(site)s: the last crawl put new values into the quarantine: %(number)s.")
_BEHIND = N_("The database is behind the program: %(reason)s")
_BACKUP = N_("The newest backup is of %(moment)s, older than %(days)s days.")
_NO_BACKUP = N_("The folder of backups is empty.")
_STILL = N_("The scheduler has not looked at the clock for %(minutes)s minutes: is `baikoo jobs run` running?")
_FAILS = N_("The job %(job)s failed in its last %(times)s runs; `baikoo jobs status %(job)s` shows why.")
_AGAIN = 2  # runs that fail in a row until somebody is told: one alone may be a site that was down
_UNKNOWN = N_(
    "Posts of which nobody knows whether their channel has them: %(number)s. `baikoo publish status` says more."
)
_DEAD = N_("Posts that their channel refuses: %(number)s. `baikoo publish list --state dead` says why.")
_FAILING = N_(
    "Posts that failed three times or more: %(number)s. `baikoo publish status` says what their channels wait for."
)
_TRIES = 3
_EVERYWHERE = N_("All channels")
_STOPPED = N_("Posts are stopped (%(channel)s): %(reason)s")
_REMARKS = N_("Errors and replies that wait for an answer: %(number)s.")

Condition = tuple[str, str]


def conditions(conn: Connection, settings: HomeSettings, now: datetime) -> dict[str, str]:
    """Everything that is not as it should be, in words of the site's own language, by key."""
    machine = (*_backups(settings.home / "backups", now), *_scheduler(settings.home, now))
    return dict((*_runs(conn), *_sources(conn, now), *machine, *_posts(conn), *_remarks(conn)))


def behind(reason: str) -> Condition:
    """The database has not the shape that the program needs."""
    return DATABASE, _(_BEHIND) % {"reason": reason}


def _runs(conn: Connection) -> Iterator[Condition]:
    """Of each stage and site, the newest run that came to its end."""
    run = table_of(Run)
    newest = select(func.max(run.c.id)).where(run.c.ended_at.is_not(None)).group_by(run.c.stage, run.c.site)
    for row in conn.execute(select(run).where(run.c.id.in_(newest)).order_by(run.c.id)):
        stage = " ".join(filter(None, (_(STAGES.get(row.stage, row.stage)), row.site)))
        if row.outcome != "clean":
            words = _(_RED_RUN) % {"stage": stage, "reasons": "; ".join(row.reasons)}
            yield f"run:{row.stage}:{row.site or ''}".rstrip(":"), words
        if row.stage == "crawl" and (number := row.figures.get("quarantined")):
            yield f"quarantine_grew:{row.site}", _(_GREW) % {"site": row.site, "number": number}


def _posts(conn: Connection) -> Iterator[Condition]:
    """What of the outbox waits for a person, does not get through, or is stopped; not what is still asked for."""
    row = table_of(Delivery).c
    wanted = {
        "unknown": (_UNKNOWN, (row.state == DeliveryState.UNKNOWN.value, row.due_at.is_(None))),
        "dead": (_DEAD, (row.state == DeliveryState.DEAD.value,)),
        "failing": (_FAILING, (row.state == DeliveryState.FAILED.value, row.attempts >= _TRIES)),
    }
    for name, (words, which) in wanted.items():
        if number := conn.execute(select(func.count(row.id)).where(*which)).scalar_one():
            yield f"posts:{name}", _(words) % {"number": number}
    for held in states(conn):
        if held["stopped_at"]:
            told = {"channel": held["channel"] or _(_EVERYWHERE), "reason": held["reason"]}
            yield f"channel_stopped:{held['channel']}", _(_STOPPED) % told


def _sources(conn: Connection, now: datetime) -> Iterator[Condition]:
    for sign in health_of(conn, now):
        if sign.state is State.RED:
            where = " ".join(filter(None, (sign.site, about_of(sign, _))))
            yield sign.key, f"{where}: {_(TITLES[sign.code])}. {sentence_of(sign, _, plain)}"


def _backups(folder: Path, now: datetime) -> Iterator[Condition]:
    """Only where backups are kept at all."""
    if not folder.is_dir():
        return
    moments = [path.stat().st_mtime for path in folder.iterdir()]
    if not moments:
        yield "backup", _(_NO_BACKUP)
    elif (last := datetime.fromtimestamp(max(moments), now.tzinfo)) < now - _OLD_BACKUP:
        yield "backup", _(_BACKUP) % {"moment": plain(last), "days": _OLD_BACKUP.days}


def _scheduler(home: Path, now: datetime) -> Iterator[Condition]:
    """Only where a scheduler ever ran; of jobs those that fail again and again."""
    if (pulse := last_pulse(home)) is None:
        return
    if now - pulse > STANDS_STILL:
        yield "scheduler", _(_STILL) % {"minutes": (now - pulse) // timedelta(minutes=1)}
    ledger = Ledger(home)
    for name in load_schedule(home):
        entry = ledger.read(name)
        if entry is not None and entry.failures >= _AGAIN:
            yield f"job:{name}", _(_FAILS) % {"job": name, "times": entry.failures}


def _remarks(conn: Connection) -> Iterator[Condition]:
    waiting = table_of(Remark).c.state == RemarkState.WAITING
    if number := conn.execute(select(func.count()).select_from(table_of(Remark)).where(waiting)).scalar_one():
        yield "remarks", _(_REMARKS) % {"number": number}


def _(message: str) -> str:
    return translations(DEFAULT_LANGUAGE).gettext(message)
