"""Find a chromium for the browser test, or install one: `make browser`.

Debian's package where we are root and apt-get is there, else Playwright's own build into .browser. Where neither can
be had this still succeeds: the reason is kept in .browser/missing.txt and the test is skipped with it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".browser"
MISSING = FOLDER / "missing.txt"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUILDS = ("**/chrome", "**/chrome-headless-shell", "**/headless_shell", "**/Chromium.app/Contents/MacOS/Chromium")


def find() -> Path | None:
    """The first chromium that answers: one on the path, one of Playwright's in its cache or in .browser."""
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    folders = (FOLDER, Path.home() / ".cache" / "ms-playwright")
    downloaded = [path for folder in folders for pattern in BUILDS for path in folder.glob(pattern)]
    return next((path for path in (*on_path, *downloaded) if _answers(path)), None)


def reason() -> str:
    """Why no browser is there, as the last attempt to install one told it."""
    return MISSING.read_text("utf-8") if MISSING.exists() else "no chromium found; `make browser` installs one"


def install() -> str | None:
    """Try Debian's package, then Playwright's build. The reason where neither could be had."""
    refusals = []
    for way in (_install_debian, _install_playwright):
        refusal = way()
        if refusal is None and find():
            return None
        refusals.append(refusal or "installed, but does not start")
    return "no chromium: " + "; ".join(refusals)


def main() -> None:
    """Make sure of a browser if that is possible, and say what is the case."""
    refusal = None if find() else install()
    FOLDER.mkdir(exist_ok=True)
    if refusal:
        MISSING.write_text(refusal, "utf-8")
    else:
        MISSING.unlink(missing_ok=True)
    sys.stdout.write(f"browser test: {refusal or find()}\n")


def _answers(path: Path) -> bool:
    return _run(str(path), "--version") is None


def _install_debian() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return "apt-get needs root on Debian"
    quiet = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    # An update that fails in part may still know the package.
    _run(*quiet, "update")
    return _run(*quiet, "install", "--yes", "--no-install-recommends", "chromium")


def _install_playwright() -> str | None:
    return _run(sys.executable, "-m", "playwright", "install", "chromium", "--only-shell")


def _run(*command: str) -> str | None:
    """Run a command; nothing where it succeeded, else the line that tells of the error, else the last one."""
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "PLAYWRIGHT_BROWSERS_PATH": str(FOLDER)}
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=900, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]}: {error}"
    if done.returncode == 0:
        return None
    said = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
    telling = next((line for line in reversed(said) if line.startswith(("Error", "E:"))), said[-1])
    return f"{Path(command[0]).name}: {telling}"


if __name__ == "__main__":
    main()
