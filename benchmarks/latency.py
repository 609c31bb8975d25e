"""From a changed page to the item of the feed: the seconds from the beginning of a crawl until the file is on the disk.

Over the pages of the demonstration, served by the replay server: a new agenda is put beside them, and the jobs
`crawl-kenesh` and `chain` run as `baikoo jobs` runs them, each command a process of its own. Prints the time of every
command (of the clock, and of the processor: other work on the machine lengthens the first) and the whole; the aim is
10 seconds of the clock on two idle cores.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from importlib.resources import as_file, files
from pathlib import Path

from db.settings import HomeSettings, home_settings
from jobs.commands import run
from jobs.schedule import load_schedule

ROUNDS = 3
AIM = 10.0
AGENDAS = "pages/agendas-0.html"
LINK = (
    '<h4 class="news-title">{title}</h4><div class="news-read-more"><a href="/ru/article/show/{number}/povestka-dnya">'
)
TITLE = "Повестка дня заседания Жогорку Кенеша Кыргызской Республики на {day} декабря 2026 года"


def add_agenda(recording: Path, number: int, day: int) -> str:
    """Put an agenda into the recording, and a link to it into its list; gives the title."""
    title = TITLE.format(day=day)
    like = (recording / "pages/agenda-9307.html").read_text("utf-8")
    before, rest = like.split('<div class="title">')
    _, after = rest.split("</div>", 1)
    (recording / f"pages/agenda-{number}.html").write_text(f'{before}<div class="title">{title}</div>{after}', "utf-8")
    with (recording / "index.csv").open("a", encoding="utf-8") as index:
        address = f"https://old.kenesh.kg/ru/article/show/{number}/povestka-dnya"
        index.write(f"pages/agenda-{number}.html,{address},200,2026-09-25,ru,agenda\n")
    listed = (recording / AGENDAS).read_text("utf-8")
    link = LINK.format(title=title, number=number) + "Подробнее</a></div>"
    (recording / AGENDAS).write_text(
        listed.replace('<h4 class="news-title">', f'{link}\n<h4 class="news-title">', 1), "utf-8"
    )
    return title


def once(settings: HomeSettings, recording: Path) -> dict[str, tuple[float, float]]:
    """Seconds of the clock and of the processor of each command, from the crawl to the feeds."""
    chain = load_schedule(settings.home)["chain"]
    took = {}
    for words in (("crawl", "kenesh", "--replay", str(recording)), *chain.run):
        started, before = time.perf_counter(), _processor()
        run(words, settings)
        took[words[0]] = (time.perf_counter() - started, _processor() - before)
    return took


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the best of some rounds; 1 where an item did not come."""
    rounds = []
    with tempfile.TemporaryDirectory() as folder, as_file(files("scrapers.sites.kenesh")) as site:
        recording, settings = Path(folder) / "recording", home_settings(Path(folder) / "home")
        shutil.copytree(site / "demonstration", recording)
        sys.stdout.flush()
        os.environ["BAIKOO_CONTACT"] = "https://example.org"
        once(settings, recording)
        for number in range(ROUNDS):
            title = add_agenda(recording, 9900 + number, 10 + number)
            rounds.append(once(settings, recording))
            if title.split(" на ")[1] not in (settings.public_dir / "feeds/ru/all.atom").read_text("utf-8"):
                print(f"not in the feed: {title}")
                return 1
    best = min(rounds, key=lambda took: sum(clock for clock, _ in took.values()))
    for name, (clock, processor) in best.items():
        print(f"{name:<10} {clock:6.2f} s   processor {processor:5.2f} s")
    whole, processor = (sum(took[place] for took in best.values()) for place in (0, 1))
    print(f"{'whole':<10} {whole:6.2f} s   processor {processor:5.2f} s   aim {AIM:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
