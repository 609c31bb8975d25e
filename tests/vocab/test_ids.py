from datetime import date

import pytest

from vocab.bodies import Body
from vocab.ids import (
    bill_number_key,
    committee_id,
    digest,
    digest_of_folded,
    faction_id,
    person_id,
    resolution_key,
    sitting_id,
)
from vocab.names import PersonName
from vocab.numbers import BillNumber, ResolutionNumber

DAY = date(2018, 10, 2)


def test_ids_of_sittings() -> None:
    assert sitting_id(Body.PLENARY, DAY) == "plenary-2018-10-02"
    assert sitting_id(Body.PLENARY, DAY, extraordinary=True) == "plenary-2018-10-02-extraordinary"
    committee = "Комитет по социальной политике"
    assert sitting_id(Body.COMMITTEE, DAY, committee=committee) == f"committee-{committee_id(committee)}-2018-10-02"


def test_committees_are_told_apart_by_their_whole_name() -> None:
    one = committee_id("Комитет по аграрной политике, водным ресурсам, экологии и региональному развитию")
    other = committee_id("Комитет по аграрной политике, водным ресурсам, экологии и туризму")
    assert one != other
    assert one == committee_id("комитет  по аграрной политике, водным ресурсам, экологии и региональному развитию")


@pytest.mark.parametrize(
    ("written", "convocation", "expected"),
    [
        ("Абдылдаев Мыктыбек Юсупович", None, "abdyldaev-myktybek-iusupovich"),
        ("Абдылдаев Мыктыбек Юсупович", "VI", "abdyldaev-myktybek-iusupovich-vi"),
        ("Абдылдаев М.Ю.", None, "abdyldaev-m-iu"),
    ],
)
def test_ids_of_persons(written: str, convocation: str | None, expected: str) -> None:
    assert person_id(PersonName.parse(written, "nominative"), convocation) == expected


def test_keys_of_bills() -> None:
    assert bill_number_key(BillNumber.parse("6-502/24")) == "n-6-502-24"
    assert resolution_key(ResolutionNumber(number="494", day=date(2014, 8, 29))) == "gov-494-2014-08-29"
    assert digest("О  проекте") == digest("о проекте")
    assert digest("a", "b") != digest("ab")


def test_folded_parts_give_the_same_digest() -> None:
    assert digest_of_folded("а-б", "«в»") == digest("А – Б".replace(" ", ""), '"В"')


def test_spellings_of_a_faction_give_one_id_in_each_convocation() -> None:
    names = ("Парламентская фракция «Онугуу - Прогресс»", "Онугуу-Прогресс", "«Онугуу Прогресс»")
    assert {faction_id("VI", name) for name in names} == {"vi-onuguu-progress"}
    assert faction_id("VII", "Онугуу-Прогресс") == "vii-onuguu-progress"
