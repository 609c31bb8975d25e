"""What committees are called in our three languages. A name that stands here in none stays as its source writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vocab.ids import committee_id
from vocab.text import has_kyrgyz_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """One committee: `ru` and `ky` as the parliament's own sites write them, `en` is our translation.

    `ky` is None where no source that we have gives it.
    """

    ru: str
    en: str
    ky: str | None = None


# Russian and Kyrgyz: the two language versions of kenesh.kg, as the shared file kenesh/committees.csv lists them.
COMMITTEES: tuple[BodyName, ...] = (
    BodyName(
        ru="Комитет по социальным вопросам, образованию, науке, культуре и здравоохранению",
        ky="Социалдык маселелер, билим берүү, илим, маданият жана саламаттыкты сактоо боюнча комитет",
        en="Committee on Social Affairs, Education, Science, Culture and Health",
    ),
    BodyName(
        ru="Комитет по международным делам, обороне, безопасности и миграции",
        ky="Эл аралык иштер, коргоо, коопсуздук жана миграция боюнча комитети",
        en="Committee on International Affairs, Defence, Security and Migration",
    ),
    BodyName(
        ru="Комитет по топливно-энергетическому комплексу, недропользованию и промышленной политике",
        ky="Отун-энергетикалык комплекс, жер казынасын пайдалануу жана өнөр жай саясаты боюнча комитети",
        en="Committee on Fuel and Energy, Subsoil Use and Industrial Policy",
    ),
    BodyName(
        ru="Комитет по конституционному законодательству, государственному устройству, судебно-правовым вопросам и "
        "Регламенту Жогорку Кенеша",
        ky="Конституциялык мыйзамдар, мамлекеттик түзүлүш, сот-укук маселелери жана Жогорку Кеңештин Регламенти боюнча "
        "комитети",
        en="Committee on Constitutional Legislation, State Structure, Judicial and Legal Affairs and the Rules of "
        "Procedure of the Jogorku Kenesh",
    ),
    BodyName(
        ru="Комитет по бюджету, экономической и фискальной политике",
        ky="Бюджет, экономикалык жана фискалдык саясат боюнча комитети",
        en="Committee on Budget, Economic and Fiscal Policy",
    ),
    BodyName(
        ru="Комитет по аграрной политике, водным ресурсам, экологии и региональному развитию",
        ky="Агрардык саясат, суу ресурстары, экология жана регионалдык өнүктүрүү боюнча комитети",
        en="Committee on Agrarian Policy, Water Resources, Ecology and Regional Development",
    ),
    BodyName(
        ru="Комитет по социальной политике",
        ky="Социалдык саясат боюнча комитети",
        en="Committee on Social Policy",
    ),
    BodyName(
        ru="Комитет по правопорядку, борьбе с преступностью и противодействию коррупции",
        ky="Укук тартиби, кылмыштуулук менен күрөшүү жана коррупцияга каршы аракеттенүү боюнча комитети",
        en="Committee on Law and Order, Combating Crime and Countering Corruption",
    ),
    BodyName(
        ru="Комитет по транспорту, коммуникациям, архитектуре и строительству",
        ky="Транспорт, коммуникациялар, архитектура жана курулуш боюнча комитети",
        en="Committee on Transport, Communications, Architecture and Construction",
    ),
    BodyName(ru="Комитет по бюджету и финансам", en="Committee on Budget and Finance"),
    BodyName(ru="Комитет по экономической и фискальной политике", en="Committee on Economic and Fiscal Policy"),
    BodyName(ru="Комитет по международным делам", en="Committee on International Affairs"),
    BodyName(ru="Комитет по обороне и безопасности", en="Committee on Defence and Security"),
    BodyName(
        ru="Комитет по судебно-правовым вопросам и законности",
        en="Committee on Judicial and Legal Affairs and Legality",
    ),
    BodyName(
        ru="Комитет по образованию, науке, культуре и спорту",
        en="Committee on Education, Science, Culture and Sport",
    ),
)


def committee_name(written: str, lang: str) -> str:
    """The committee in a language, where it is known in it; else as written."""
    known = _by_id().get(committee_id(written))
    return (getattr(known, lang) if known else None) or written


def language_of_name(written: str, lang: str) -> str:
    """The language in which `committee_name` gives it."""
    if committee_name(written, lang) != written:
        return lang
    known = _by_id().get(committee_id(written))
    return "ky" if (known and known.ky == written) or has_kyrgyz_letters(written) else "ru"


@lru_cache(maxsize=1)
def _by_id() -> Mapping[str, BodyName]:
    """By the id of the Russian name, and by that of the Kyrgyz one."""
    return {committee_id(name): one for one in COMMITTEES for name in (one.ky, one.ru) if name}
