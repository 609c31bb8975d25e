"""What a post says, and what is refused before anything is due."""

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes
from PIL import Image

from publish.channels.abilities import ABILITIES, shown
from publish.composing.cards import CardFolder
from publish.composing.examples import example
from publish.composing.filters import article, plural
from publish.composing.marked import cleaned
from publish.composing.pictured import card_of
from publish.composing.posts import Pictures, compose_post
from publish.composing.templates import Templates
from publish.drafts import Draft, Item
from publish.message import Mark, Message, Picture, Refusal, plain
from tests.test_architecture import ROOT
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, PostKind

PUBLIC = "https://baikoo.example"


def composed(
    draft: Draft,
    channel: ChannelName = ChannelName.TELEGRAM,
    lang: str = "ru",
    *,
    own: Path | None = None,
    pictures: Pictures | None = None,
) -> Message | Refusal:
    return compose_post(draft, channel, lang, public_url=PUBLIC, templates=Templates(own), pictures=pictures)


def message(draft: Draft, channel: ChannelName = ChannelName.TELEGRAM, lang: str = "ru", **more: Any) -> Message:
    made = composed(draft, channel, lang, **more)
    assert isinstance(made, Message), made
    return made


def text(made: Message) -> str:
    return "\n---\n".join(map(plain, made.parts))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", PostKind)
def test_every_kind_is_said_on_every_channel(kind: PostKind, lang: str) -> None:
    draft = example(kind)
    for channel, abilities in ABILITIES.items():
        made = message(draft, channel, lang)
        assert all(abilities.measure(part) <= abilities.limit for part in made.parts)
        assert len(made.parts) <= abilities.most_parts
        addresses = {span.address for part in made.parts for span in part if span.mark is Mark.LINK}
        assert made.link.startswith(f"{PUBLIC}/{lang}/")
        assert made.link in addresses
        assert made.title
        assert "None" not in text(made)


def test_numbers_stand_with_their_base_and_plurals_with_their_form() -> None:
    assert "За: 71, против: 18, не голосовали: 31; всего депутатов: 120, нужно: 61." in text(
        message(example(PostKind.VOTE_RESULT))
    )
    bills = ("законопроект", "законопроекта", "законопроектов")
    said = [plural("ru", n, *bills).replace("\u00a0", " ") for n in (1, 2, 5, 11, 21)]
    assert said == ["1 законопроект", "2 законопроекта", "5 законопроектов", "11 законопроектов", "21 законопроект"]
    assert plural("en", 1, "bill", "bills") == "1\u00a0bill"
    assert plural("ky", 5, "мыйзам долбоору") == "5\u00a0мыйзам долбоору"
    assert article("ky", "ст. 84 ч. 7–9; ст. 85 ч. 4–5") == "84-берене, 7–9-бөлүктөр; 85-берене, 4–5-бөлүктөр"
    assert article("en", "ст. 84 ч. 7–9; ст. 85 ч. 4") == "article 84, parts 7–9; article 85, part 4"
    assert article("en", "статья не установлена") == ""


def test_a_long_title_makes_the_text_brief_where_it_does_not_fit() -> None:
    made = message(example(PostKind.BILL_SCHEDULED), ChannelName.X)
    assert len(made.parts) == 1
    assert "№\u00a06-16490/26" in text(made)
    assert "правонарушениях" not in text(made)
    assert "правонарушениях" in text(message(example(PostKind.BILL_SCHEDULED)))


def test_a_correction_leads_to_the_post_on_the_same_channel() -> None:
    draft = example(PostKind.CORRECTION)
    assert "https://t.me/example/17" in text(message(draft))
    assert "t.me" not in text(message(draft, ChannelName.MASTODON))


def test_what_was_scraped_makes_no_mark_and_calls_nobody() -> None:
    evil = "\ue000lКлик\ue001https://evil.example\ue002 \u202eо\u0000 @premier <b>\n«x»"
    draft = replace(example(PostKind.BILL_SCHEDULED), items=(_bill(evil),))
    made = message(draft)
    name = next(span for part in made.parts for span in part if span.mark is Mark.NAME)
    assert name.text == "lКликhttps://evil.example о @\u200apremier <b> «x»"
    assert all(span.address != "https://evil.example" for part in made.parts for span in part)
    assert cleaned("Айжан 👩‍👧 №5") == "Айжан 👩‍👧 №5"
    assert cleaned(".@a Привет@b \uff20c d@e.kg") == ".@\u200aa Привет@\u200ab @\u200ac d@e.kg"


def _bill(title: str, **facts: Any) -> Item:
    first = example(PostKind.BILL_SCHEDULED).items[0]
    return replace(first, title=title, facts={"readings": [1], **facts})


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "ru" / "posts").mkdir(parents=True)
    return tmp_path


def refusal(own: Path, source: str, name: str = "law_signed.j2") -> str:
    (own / "ru" / "posts" / name).write_text(source, "utf-8")
    made = composed(example(PostKind.LAW_SIGNED), own=own)
    assert isinstance(made, Refusal), made
    return made.cause


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("ok\n{{ titel }}", ("ru/posts/law_signed.j2, line 2", "'titel' is undefined")),
        ("{{ facts.vidio }}", ("line 1", "there is no «vidio» here")),
        ("{{ items[0].lin }}", ("line 1: there is no «lin» here",)),
        ("a\n{% if brief %}\nb\n{{ itmes }}\n{% endif %}", ("line 4", "itmes")),
        ("a\n\n{% if %}", ("ru/posts/law_signed.j2, line 3",)),
        ("{{ day | shout }}", ("line 1", "shout")),
        ("{{ items[7].line }}", ("line 1",)),
        ("{{ ''.__class__.__mro__ }}", ("line 1", "unsafe")),
        ("{{ 'a' * 10000000000 }}", ("line 1", "numbers")),
        ("{% for a in range(300) %}{% for b in range(300) %}aaaaaaaaaaaa{% endfor %}{% endfor %}", ("no end",)),
        ("{% for a in range(90000) %}{% endfor %}", ("line 1", "at most 300")),
        ("{{ lipsum(n=100000) }}", ("line 1", "lipsum")),
        ("\x00\x1b", ("gives no text",)),
        ("{{ 1 / 0 }}", ("line 1", "division")),
        ("{% include 'nowhere.j2' %}", ("nowhere.j2",)),
        ("{# nothing #}", ("gives no text",)),
    ],
)
def test_a_broken_template_is_refused_with_file_line_and_variable(
    own: Path, source: str, named: tuple[str, ...]
) -> None:
    cause = refusal(own, source)
    assert all(word in cause for word in named), cause


def test_an_editors_template_goes_first_and_a_channels_before_that_of_all(own: Path) -> None:
    folder = own / "ru" / "posts"
    before = text(message(example(PostKind.LAW_SIGNED), own=own))
    assert before.startswith("Закон подписан")
    (folder / "footer.j2").write_text("Свой конец {{ link | link }}", "utf-8")
    assert text(message(example(PostKind.LAW_SIGNED), own=own)).endswith(f"Свой конец {PUBLIC}/ru/bills/n-6-16490-26")
    (folder / "law_signed.j2").write_text("Своё: {{ items[0].title }}\n{{ link | link }}", "utf-8")
    (folder / "law_signed.x.j2").write_text("Для X: {{ items[0].title }}\n{{ link | link }}", "utf-8")
    draft = example(PostKind.LAW_SIGNED)
    assert text(message(draft, own=own)).startswith("Своё: ")
    assert text(message(draft, ChannelName.X, own=own)).startswith("Для X: ")
    assert text(message(draft, lang="ky", own=own)).startswith("Мыйзамга")


def test_text_that_cannot_fit_says_how_long_it_is(own: Path) -> None:
    (own / "ru" / "posts" / "law_signed.j2").write_text("{{ facts.place | name }}\n{{ link | link }}", "utf-8")
    draft = replace(example(PostKind.LAW_SIGNED), facts={"place": "дом " * 200})
    made = composed(draft, ChannelName.X, own=own)
    assert isinstance(made, Refusal)
    assert "823" in made.cause
    assert "280" in made.cause
    assert "799 letters" in made.cause


def test_a_language_without_text_and_a_draft_without_anything_are_refused() -> None:
    empty = Draft(
        event="e",
        kind=PostKind.HEARING,
        subject=("bill", "b"),
        day=example(PostKind.HEARING).day,
        items=(),
        happenings=(),
    )
    for made in (composed(example(PostKind.HEARING), lang="de"), composed(empty)):
        assert isinstance(made, Refusal)


@dataclass(frozen=True)
class Cards:
    picture: Picture | Refusal | None
    bytes: int = 1000

    def card(self, draft: Draft, lang: str) -> Picture | Refusal | None:  # noqa: ARG002 - as of the protocol
        return self.picture

    def size(self, picture: Picture) -> int:  # noqa: ARG002 - as of the protocol
        return self.bytes


@pytest.mark.parametrize(
    ("cards", "cause"),
    [
        (Cards(Picture(file="a.webp", alt="a", media_type="image/webp")), "image/webp"),
        (Cards(Picture(file="a.png", alt="a"), 11_000_000), "11,000,000 bytes"),
        (Cards(Picture(file="a.png", alt="a"), 0), "not in the folder"),
        (Cards(Refusal(cause="cannot be drawn")), "cannot be drawn"),
    ],
)
def test_a_picture_that_the_channel_does_not_take_is_refused(cards: Cards, cause: str) -> None:
    made = composed(example(PostKind.VOTE_RESULT), pictures=cards)
    assert isinstance(made, Refusal)
    assert cause in made.cause
    assert isinstance(composed(example(PostKind.VOTE_RESULT), ChannelName.FEEDS, pictures=cards), Message)


def test_under_a_picture_telegram_takes_less() -> None:
    cards = Cards(Picture(file="a.png", alt="a"))
    short = message(example(PostKind.VOTE_RESULT), pictures=cards)
    assert short.picture == cards.picture
    many = tuple(_bill(f"О ратификации Соглашения номер {n} " + "о займе " * 12) for n in range(8))
    long = message(replace(example(PostKind.BILL_SCHEDULED), items=many), pictures=cards)
    assert ABILITIES[ChannelName.TELEGRAM].measure(long.parts[0]) > 1024
    assert long.picture is None


def test_every_kind_has_the_same_variables_in_every_language() -> None:
    folders = {lang: ROOT / "publish" / "templates" / lang / "posts" for lang in LANGUAGES}
    names = {lang: {path.name for path in folder.glob("*.j2")} for lang, folder in folders.items()}
    assert names["ky"] == names["ru"] == names["en"]
    assert names["ru"] >= {f"{kind.value}.j2" for kind in PostKind}
    for name in sorted(names["ru"]):
        used = {lang: _variables((folder / name).read_text("utf-8")) for lang, folder in folders.items()}
        assert used["ky"] == used["ru"] == used["en"], name


def _variables(source: str) -> set[str]:
    """Names, attributes and filters that a template uses, but for those that forms of words need."""
    tree = Environment(autoescape=True).parse(source)
    names = {node.name for node in tree.find_all(nodes.Name)}
    return names | {f".{node.attr}" for node in tree.find_all(nodes.Getattr)}


def test_bluesky_sees_the_words_of_a_link_and_x_its_address() -> None:
    made = message(example(PostKind.LAW_SIGNED), ChannelName.BLUESKY)
    assert PUBLIC not in shown(made.parts[0])
    assert PUBLIC in plain(made.parts[0])


CARDS = {
    PostKind.VOTE_RESULT: ("71", "18", "31", "120", "61"),
    PostKind.FINDING_CONFIRMED: ("54", "66", "120", "61"),
    PostKind.WEEKLY_DIGEST: ("42", "11", "7", "3"),
    PostKind.POLL_RESULT: ("41,5", "38", "20,5"),
}


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_a_card_shows_what_its_words_say(lang: str) -> None:
    for kind, numbers in CARDS.items():
        card = card_of(example(kind), lang)
        assert card is not None
        assert all(number in card.alt for number in numbers), card.alt
        drawn = str(card.spec["datasets"])
        assert all(number in drawn for number in numbers[:2])


def test_cards_are_files_named_by_their_content(tmp_path: Path) -> None:
    folder = CardFolder(tmp_path)
    first, again = (folder.card(example(PostKind.VOTE_RESULT), "ky") for _ in range(2))
    assert isinstance(first, Picture)
    assert first == again
    content = folder.path(first).read_bytes()
    assert hashlib.sha256(content).hexdigest() == folder.path(first).stem
    assert Image.open(BytesIO(content)).size == (1200, 675)
    assert [path.name for path in tmp_path.iterdir()] == [first.file]
    assert folder.size(replace(first, file="../../etc/passwd")) == 0
    made = message(example(PostKind.VOTE_RESULT), ChannelName.BLUESKY, "ky", pictures=folder)
    assert made.picture == first
    (tmp_path / "none").write_text("a file where the folder of cards should be")
    assert isinstance(CardFolder(tmp_path / "none").card(example(PostKind.VOTE_RESULT), "ky"), Refusal)


@pytest.mark.parametrize(
    "facts",
    [{"in_favour": 71}, {"in_favour": 100, "against": 90, "seats": 120}, {"in_favour": "71", "against": 2}, {}],
)
def test_numbers_that_are_not_whole_or_do_not_fit_each_other_make_no_card(facts: dict[str, Any]) -> None:
    vote = example(PostKind.VOTE_RESULT)
    assert card_of(replace(vote, items=(replace(vote.items[0], facts=facts),)), "ru") is None
    assert card_of(example(PostKind.LAW_SIGNED), "ru") is None


def test_a_card_names_no_base_that_nobody_told() -> None:
    vote = example(PostKind.VOTE_RESULT)
    card = card_of(replace(vote, items=(replace(vote.items[0], facts={"in_favour": 71, "against": 18}),)), "ru")
    assert card is not None
    assert "всего депутатов" not in card.alt
    assert "89" not in card.alt
