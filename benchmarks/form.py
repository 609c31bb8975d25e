"""The form in the room on a slow phone: how much it transfers, and when somebody can tap.

The phone: a CPU four times slower, 1.6 Mbit/s, 150 ms to the server and back. The first load is of somebody who has
just signed in and has never opened the form: nothing is in a cache. The second one is without any network.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from db.engine import open_engine
from db.migrate import upgrade
from db.settings import home_settings
from tests.browser import chromium
from tests.browser.room import Hall, Phone, new_phone, open_hall
from web.observe.shell import shell

MOST_KILOBYTES, MOST_SECONDS = 150, 1.0
RUNS = 5
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER_CPU = 4


def main() -> None:
    """Print the figures beside their bars."""
    path = chromium.find()
    if path is None:
        sys.stdout.write(f"skipped: {chromium.reason()}\n")
        return
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        settings = home_settings(Path(home))
        engine = open_engine(settings.database_url)
        upgrade(engine)
        engine.dispose()
        hall = open_hall(settings)
        browser = playwright.chromium.launch(executable_path=path, args=rights)
        try:
            loads = [first_load(hall, new_phone(hall, browser, f"observer{number}")) for number in range(RUNS)]
        finally:
            browser.close()
            hall.stop()
            hall.engine.dispose()
    sizes, firsts, agains = zip(*loads, strict=True)
    stored = sum(len(file.zipped or file.body) for file in shell().files.values())
    first = sorted(firsts)[RUNS // 2]
    sys.stdout.write(
        f"first load: {max(sizes) / 1000:.1f} kB transferred (bar {MOST_KILOBYTES}), usable after {first:.2f} s "
        f"(median of {RUNS}, worst {max(firsts):.2f}; bar {MOST_SECONDS})\n"
        f"stored for the hall: {stored / 1000:.1f} kB of files; "
        f"opened without a network: {sorted(agains)[RUNS // 2]:.2f} s\n"
    )


def first_load(hall: Hall, phone: Phone) -> tuple[int, float, float]:
    """Bytes of the first load, seconds until the PIN pad can be tapped, and seconds without a network later on."""
    phone.page.goto(f"{hall.address}/sign-in?next=%2Faccount")
    phone.page.locator("input[name=login]").fill(phone.login)
    phone.sign_in()
    phone.page.close()
    phone.page = phone.context.new_page()
    sizes = slow(phone.context, phone.page)
    first = seconds_until_pad(hall, phone.page)
    phone.choose_pin()
    phone.reopen("/healthz")
    slow(phone.context, phone.page)
    phone.offline()
    again = seconds_until_pad(hall, phone.page)
    phone.context.close()
    return sum(sizes), first, again


def slow(context: BrowserContext, page: Page) -> list[int]:
    """Make the page a slow phone's; the list fills with the bytes of each answer, headers and all."""
    session, sizes = context.new_cdp_session(page), list[int]()
    session.on("Network.loadingFinished", lambda done: sizes.append(int(done["encodedDataLength"])))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    return sizes


def seconds_until_pad(hall: Hall, page: Page) -> float:
    """From the tap on the icon to a painted pad that can be tapped, by the clock of the page."""
    page.add_init_script(_PAD_TIME)
    page.goto(f"{hall.address}/observe", wait_until="commit")
    page.wait_for_function("() => globalThis.padTime > 0")
    return float(page.evaluate("globalThis.padTime")) / 1000


_PAD_TIME = """new MutationObserver((_, watch) => {
  if (!document.querySelector(".pad")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => (globalThis.padTime = performance.now())));
}).observe(document, { childList: true, subtree: true });"""


if __name__ == "__main__":
    main()
