import random
from statistics import fmean

import numpy as np
import pytest

from nlp.drafts.blocking import BANDS, block_keys, draws_of, known_weight, learned_weights
from nlp.drafts.title_form import TitleForm, read_title


def title_of(*terms: str) -> TitleForm:
    return TitleForm(text=" ".join(terms), terms={term: frozenset({term}) for term in terms})


def even(_term: str) -> float:
    return 1.0


def test_one_title_has_one_set_of_keys() -> None:
    keys = block_keys(read_title("О внесении изменений в Закон «О рекламе»"), known_weight)
    assert len(keys) == BANDS
    assert keys == block_keys(read_title("о внесении изменений в закон «О рекламе»"), known_weight)
    assert block_keys(read_title(""), known_weight) == ()
    assert block_keys(title_of("a"), even, 5) == block_keys(title_of("a"), even)[:5]


def test_draws_are_the_same_for_ever() -> None:
    assert draws_of("рекла")[:3] == pytest.approx(np.array([0.1154, 1.9401, 1.1142]), abs=1e-3)
    draws = np.concatenate([draws_of(str(number)) for number in range(500)])
    assert draws.mean() == pytest.approx(1.0, abs=0.03)  # -ln(u) has the mean 1


@pytest.mark.parametrize(("common", "least", "most"), [(9, 1.0, 1.0), (8, 0.99, 1.0), (3, 0.0, 0.5), (0, 0.0, 0.0)])
def test_titles_meet_by_how_much_they_share(common: int, least: float, most: float) -> None:
    chance = random.Random(1)
    met = []
    for _ in range(200):
        terms = [f"t{chance.random()}" for _ in range(20 - common)]
        left, right = title_of(*terms[:10]), title_of(*terms[10 - common :])
        met.append(not set(block_keys(left, even)).isdisjoint(block_keys(right, even)))
    assert least <= fmean(met) <= most


def test_heavy_terms_decide_where_titles_meet() -> None:
    weigh = {"plain1": 0.05, "plain2": 0.05, "plain3": 0.05, "rare": 1.0, "other": 1.0}.__getitem__
    rare = block_keys(title_of("rare", "plain1", "plain2"), weigh)
    assert set(rare) & set(block_keys(title_of("rare", "plain2", "plain3"), weigh))
    assert len(set(rare) & set(block_keys(title_of("other", "plain1", "plain2"), weigh))) <= 1


def test_known_weights_follow_the_lexicon() -> None:
    terms = read_title("О внесении изменений в Уголовный кодекс и Закон «О рекламе» за 2015 год, статья 12").terms
    weights = {term: known_weight(term) for term in terms}
    assert weights[next(iter(read_title("рекламе").terms))] == 1.0
    assert weights["2015"] == 1.0
    assert weights["12"] == weights[next(iter(read_title("уголовный").terms))] == 0.5
    assert weights[next(iter(read_title("внесении").terms))] < 0.1


def test_learned_weights_follow_the_titles() -> None:
    weigh = learned_weights([title_of("all", "some"), title_of("all", "some"), title_of("all", "one"), title_of("all")])
    assert 0 < weigh("all") < weigh("some") < weigh("one") < weigh("none") <= 1
    assert learned_weights([])("none") > 0
