"""`baikoo run`: the main job from end to end."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.resources import as_file, files
from typing import Annotated

import httpx
import typer

from db.settings import HomeSettings, home_settings, load_settings
from jobs.commands import run as run_command
from jobs.ledger import Ledger
from jobs.locks import waited_for
from jobs.schedule import load_schedule
from scrapers.source import load_source

SITES = ("kenesh", "cbd")
CHAIN = "chain"
"""The job that follows the crawls: see «How data flows» in the README."""

_PATIENCE = 5.0


def run(
    once: Annotated[bool, typer.Option("--once", help="do the work and stop, without serving the site")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="show the demonstration, whether a site answers or not")] = False,
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on", min=0, max=65535)] = 8000,
) -> None:
    """Crawl the sites, read their texts, track, index, publish, and serve the public site.

    If no site answers within five seconds, a separate demonstration is shown: its own database, filled by crawling
    pages that Baikoo brings along. Live and demonstration data never meet.

    Examples: `baikoo run` · `baikoo run --once` · `baikoo run --port 8080`
    """
    live = not demo and any_site_answers()
    if live:
        codes = work(load_settings(), [["crawl", site] for site in SITES])
        codes += [run_command(["alerts", "send"], load_settings())] if os.environ.get("BAIKOO_ALERTS") else []
    else:
        typer.echo(
            "Showing the demonstration." if demo else "No site answers within 5 seconds: showing the demonstration."
        )
        codes = show_demonstration()
        home = demonstration_settings().home
        typer.echo(f"The demonstration has a home of its own: BAIKOO_HOME={home} before other commands asks it.")
    if once:
        raise typer.Exit(max(codes))
    serve = ["serve", "--host", host, "--port", str(port)]
    raise typer.Exit(run_command(serve, load_settings() if live else demonstration_settings()))


def show_demonstration() -> list[int]:
    """Fill the demonstration's own home from the pages that each site's folder brings along."""
    with as_file(files("scrapers").joinpath("sites")) as sites:
        recorded = {site: sites / site / "demonstration" for site in SITES}
        crawls = [["crawl", site, "--replay", str(folder), "--demonstration"] for site, folder in recorded.items()]
        return work(demonstration_settings(), crawls)


def any_site_answers() -> bool:
    """True as soon as one site's start address gives any answer within five seconds."""
    addresses = [load_source(site).base for site in SITES]
    pool = ThreadPoolExecutor(len(addresses))
    asked = [pool.submit(_answers, address) for address in addresses]
    try:
        return any(one.result() for one in as_completed(asked, timeout=_PATIENCE))
    except TimeoutError:
        return False
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _answers(address: str) -> bool:
    try:
        httpx.get(address, timeout=_PATIENCE, follow_redirects=False)
    except httpx.HTTPError:
        return False
    return True


def demonstration_settings() -> HomeSettings:
    """The demonstration has a home of its own and always its own SQLite file, whatever the live database is."""
    return home_settings(load_settings().home / "demonstration")


def work(settings: HomeSettings, crawls: Sequence[Sequence[str]]) -> list[int]:
    """Crawl, then every stage, each in a process of its own: a crawl that dies does not take the rest with it.

    Where a scheduler of the same home is at the stages, they wait for it.
    """
    codes = [run_command(command, settings) for command in crawls]
    chain = load_schedule(settings.home)[CHAIN]
    with waited_for(Ledger(settings.home).lock(chain)):
        return codes + [run_command(command, settings) for command in chain.run]
