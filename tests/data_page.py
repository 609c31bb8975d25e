"""docs/data.md: the data dictionary, made from the declared model. `make dictionary` writes it."""

from tests.test_architecture import ROOT
from web.bulk.dictionary import dictionary
from web.bulk.model import load_model

PAGE = ROOT / "docs" / "data.md"


def page() -> str:
    """What the page has to say."""
    return dictionary(load_model().values())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
