"""What keeps somebody from reading a page, as far as a program can tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WCAG_2_1 = WCAG[:4]
"""Without the sizes of targets, which axe takes for smaller where a bar lies over a part of them."""

CONTRAST = ("color-contrast",)


def barriers(page: Page, rules: tuple[str, ...] = WCAG) -> list[tuple[str, str]]:
    """Every violation that axe finds: (rule, the first place)."""
    found = Axe().run(page, options={"runOnly": list(rules)}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
