"""The 21 major topics of the Comparative Agendas Project, by the numbers of its codebook, in three languages.

https://www.comparativeagendas.net/ (master codebook). Numbers 11 and 22 do not exist; the names are shortened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vocab.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicName:
    """What people call a topic in Russian, Kyrgyz and English."""

    ru: str
    ky: str
    en: str


TOPICS: Mapping[int, TopicName] = {
    1: TopicName(ru="Экономика и бюджет", ky="Экономика жана бюджет", en="Macroeconomics"),
    2: TopicName(ru="Права и свободы", ky="Укуктар жана эркиндиктер", en="Civil rights"),
    3: TopicName(ru="Здравоохранение", ky="Саламаттык сактоо", en="Health"),
    4: TopicName(ru="Сельское хозяйство", ky="Айыл чарба", en="Agriculture"),
    5: TopicName(ru="Труд", ky="Эмгек", en="Labour"),
    6: TopicName(ru="Образование", ky="Билим берүү", en="Education"),
    7: TopicName(ru="Окружающая среда", ky="Айлана-чөйрө", en="Environment"),
    8: TopicName(ru="Энергетика", ky="Энергетика", en="Energy"),
    9: TopicName(ru="Миграция и гражданство", ky="Миграция жана жарандык", en="Immigration"),
    10: TopicName(ru="Транспорт и дороги", ky="Транспорт жана жолдор", en="Transportation"),
    12: TopicName(ru="Право и преступность", ky="Укук жана кылмыштуулук", en="Law and crime"),
    13: TopicName(ru="Социальная защита", ky="Социалдык коргоо", en="Social welfare"),
    14: TopicName(ru="Жильё и развитие населённых мест", ky="Турак жай жана калктуу конуштар", en="Housing"),
    15: TopicName(ru="Предпринимательство, банки, торговля", ky="Ишкердик, банктар, соода", en="Domestic commerce"),
    16: TopicName(ru="Оборона и безопасность", ky="Коргонуу жана коопсуздук", en="Defence"),
    17: TopicName(ru="Наука, технологии, связь", ky="Илим, технология, байланыш", en="Technology"),
    18: TopicName(ru="Внешняя торговля", ky="Тышкы соода", en="Foreign trade"),
    19: TopicName(ru="Международные отношения", ky="Эл аралык мамилелер", en="International affairs"),
    20: TopicName(ru="Государственное управление", ky="Мамлекеттик башкаруу", en="Government operations"),
    21: TopicName(ru="Земля, вода, недра", ky="Жер, суу, кен байлыктар", en="Public lands and water"),
    23: TopicName(ru="Культура и спорт", ky="Маданият жана спорт", en="Culture"),
}


def checked_topics(topics: Iterable[int]) -> tuple[int, ...]:
    """The topics as given, each once. Raises UsageError for none, and for a number that no topic has."""
    chosen = tuple(dict.fromkeys(topics))
    if not chosen or (unknown := [one for one in chosen if one not in TOPICS]):
        wrong = f"no topic {', '.join(map(str, unknown))}" if chosen else "no topic given"
        raise UsageError(f"{wrong}; topics are {', '.join(map(str, TOPICS))}")
    return chosen
