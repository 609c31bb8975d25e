"""Workers of the outbox killed at 200 seeded points: how the deliveries ended, counted at the channel.

A worker is killed by SIGKILL before the channel stores a part, before it answers, a moment after its answer, or by the
clock; others end the work. The channel is the tests' HTTP server: it may know our keys, can be asked, both or neither.
Target: nothing is sent twice, nothing is lost, and what nobody can know waits for a person. ARGS: another number.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from shutil import copyfile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from db.engine import open_engine
from db.migrate import upgrade
from tests.publish.outbox.killing import LANGS, PARTS, POSTS, killed
from tests.publish.outbox.worker import workers

SEEDS = 200


def main() -> None:
    """Print how they ended."""
    seeds, ended, began = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS, Counter[str](), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="baikoo-") as folder, workers() as started:
        empty = Path(folder) / "empty.sqlite"
        engine = open_engine(f"sqlite:///{empty}")
        upgrade(engine)
        engine.dispose()
        for seed in range(seeds):
            path = Path(folder) / f"{seed}.sqlite"
            copyfile(empty, path)
            engine = open_engine(f"sqlite:///{path}")
            ended += killed(engine, seed, started)
            engine.dispose()
            path.unlink()
    number = seeds * POSTS * len(LANGS)
    print(f"{seeds} runs in {time.perf_counter() - began:.0f} s, {ended['killed']} workers killed while they worked")
    print(f"{number} deliveries of {PARTS} parts each:")
    for name in ("once", "unknown", "twice", "lost"):
        print(f"  {name:<8} {ended[name]:6}")
    if ended["twice"] or ended["lost"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
