"""Titles of two foreign parliaments find their drafts as well as was promised (issue 3), and agendas of our own."""

from pathlib import Path

import pytest

from benchmarks.linking_quality import cyprus, cyprus_figures, duma_figures
from nlp.drafts.blocking import known_weight
from nlp.drafts.likeness import Weigh


@pytest.mark.parametrize("weigh", [None, known_weight], ids=["learned", "lexicon"])
def test_votes_of_the_duma_find_their_bill(shared_data: Path, weigh: Weigh | None) -> None:
    figures = duma_figures(shared_data, weigh)
    assert figures.precision >= 0.97
    assert figures.recall >= 0.85
    assert all(match is None for one, match in figures.wrong if one.draft.bill is None)


def test_items_of_cyprus_find_their_bill(shared_data: Path) -> None:
    asked, bills, dated, titled = cyprus(shared_data)
    assert cyprus_figures(asked, titled).f1 >= 0.85
    assert cyprus_figures(asked, dated).f1 >= 0.85
    assert cyprus_figures(asked, bills).precision >= 0.85, "editions of one regulation cannot be told apart"
