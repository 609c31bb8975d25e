from dataclasses import replace
from datetime import date

from nlp.drafts.alternatives import alternative, similar
from nlp.drafts.blocking import known_weight
from nlp.drafts.draft import DEPUTIES, GOVERNMENT, Draft
from nlp.drafts.likeness import likeness
from nlp.drafts.title_form import read_title

AD = "О внесении изменений в Закон Кыргызской Республики «О рекламе»"
GOV = Draft(
    key="gov",
    title=read_title(AD),
    day=date(2023, 5, 20),
    acts=frozenset({"law:o-reklame"}),
    brought_by=GOVERNMENT,
    submitted=date(2023, 5, 2),
)
DEP = replace(GOV, key="dep", brought_by=DEPUTIES, initiators=frozenset({"иванов"}), submitted=date(2023, 6, 2))


def relation(left: Draft, right: Draft) -> tuple[float, str] | None:
    found = alternative(left, right, likeness(left.title, right.title, known_weight))
    return (found.score, found.method) if found else None


def test_other_initiators_within_a_month_on_the_same_acts_are_alternatives() -> None:
    assert relation(GOV, DEP) == relation(DEP, GOV) == (1.0, "acts")


def test_a_day_over_a_month_is_too_late() -> None:
    assert relation(GOV, replace(DEP, submitted=date(2023, 6, 3))) is None


def test_the_same_or_unknown_initiators_bring_no_alternative() -> None:
    assert relation(GOV, replace(DEP, brought_by=GOVERNMENT, initiators=frozenset())) is None
    assert relation(GOV, replace(DEP, brought_by=None, initiators=frozenset())) is None
    other = replace(DEP, key="third", initiators=frozenset({"петрова"}))
    assert relation(DEP, other) == (1.0, "acts")
    assert relation(DEP, replace(other, initiators=frozenset({"петрова", "иванов"}))) is None


def test_half_of_the_acts_must_be_common() -> None:
    many = frozenset({"law:o-reklame", "law:o-sviazi", "law:o-nedrakh"})
    elsewhere = read_title("О внесении изменений в некоторые законодательные акты о связи и недрах")
    assert relation(GOV, replace(DEP, acts=many, title=elsewhere)) is None
    two = replace(DEP, acts=frozenset({"law:o-reklame", "law:o-sviazi"}), title=elsewhere)
    assert relation(GOV, two) == (0.5, "acts")


def test_new_laws_of_one_title_are_alternatives() -> None:
    mine = replace(GOV, acts=frozenset(), title=read_title("О нотариате и медиации"))
    yours = replace(DEP, acts=frozenset(), title=read_title("О нотариате и о медиации"))
    score, method = relation(mine, yours) or (0.0, "")
    assert (round(score, 6), method) == (1.0, "title")


def test_drafts_that_a_sitting_considers_together_count_for_less() -> None:
    mine = replace(GOV, submitted=None, sitting="s", readings=frozenset({1}))
    yours = replace(DEP, submitted=None, sitting="s", readings=frozenset({1}))
    assert relation(mine, yours) == (0.7, "acts")
    assert relation(mine, replace(yours, readings=frozenset({2}))) is None
    more = read_title("О внесении изменений в некоторые законодательные акты о связи и недрах")
    assert relation(mine, replace(yours, acts=yours.acts | {"law:o-sviazi"}, title=more)) is None
    assert relation(mine, replace(yours, sitting="t")) is None


def test_one_number_is_one_draft_and_an_act_has_no_alternative() -> None:
    assert relation(replace(GOV, number="n-1"), replace(DEP, number="n-1")) is None
    assert relation(replace(GOV, resolutions=frozenset({"r"})), replace(DEP, resolutions=frozenset({"r"}))) is None
    assert relation(replace(GOV, adopted=True), DEP) is None


def test_what_does_something_else_is_no_alternative() -> None:
    assert relation(replace(GOV, title=read_title("О признании утратившим силу Закона «О рекламе»")), DEP) is None


def near(left: str, right: str, reading: int = 1) -> bool:
    one = Draft(key="1", title=read_title(left))
    other = Draft(key="2", title=read_title(right), readings=frozenset({reading}))
    like = likeness(one.title, other.title, known_weight)
    return similar(one, other, like, known_weight) is not None


def test_titles_that_come_again_with_other_years_are_similar() -> None:
    budget = "О республиканском бюджете на {} год и прогнозе на {}-{} годы по социальным статьям"
    assert near(budget.format(2014, 2015, 2016), budget.format(2019, 2020, 2021))
    assert not near(budget.format(2014, 2015, 2016), budget.format(2019, 2020, 2021), reading=2)
    assert not near(budget.format(2014, 2015, 2016), "О внесении изменений в Закон " + budget.format(2014, 2015, 2016))


def test_titles_that_tell_little_are_not_similar() -> None:
    assert not near("О внесении изменений в Уголовный кодекс", "О внесении изменений в Уголовный кодекс")
