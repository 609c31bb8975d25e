"""Findings that are withdrawn before and after a letter told them."""

import pytest

from publish.saved_searches import asked, save
from tests.publish.alerts.world import FINDING, OLD, SITE, World, accuse
from vocab.lists import ListKind
from vocab.posts import DeliveryState
from vocab.subscriptions import Follows
from vocab.verdicts import Review


@pytest.mark.parametrize("follows", [Follows.BILL, Follows.LIST, Follows.ALL])
def test_a_finding_that_is_withdrawn_is_put_right_once_for_whoever_was_told(world: World, follows: Follows) -> None:
    if follows is Follows.LIST:
        one = asked(ListKind.FINDINGS, {"check": "R28"}, (), world.now)
        save(world.engine, one)
        world.subscriber(follows, one.id)
    else:
        world.subscriber(follows, OLD if follows is Follows.BILL else "")
    accuse(world, Review.CONFIRMED, 1)
    assert len(world.titles()) == 1
    world.outbox_says(DeliveryState.SENT)
    accuse(world, Review.DISMISSED, 2)
    (title,) = world.titles()
    assert title == "Вывод больше не относится к списку: он отозван или пересмотрен"
    assert f"{SITE}/ru/findings/{FINDING}" in world.text()


def test_a_finding_withdrawn_before_its_letter_went_is_never_told_and_the_rest_of_the_letter_is(world: World) -> None:
    world.subscriber()
    accuse(world, Review.CONFIRMED, 1)
    world.tell("one")
    assert len(world.titles()) == 1
    accuse(world, Review.DISMISSED, 2)
    before = len(world.letters())
    world.run()
    world.run()
    assert len(world.letters()) == before, "it waits for what becomes of the letter"
    world.outbox_says(DeliveryState.WITHDRAWN)
    assert world.titles() == ["Зарегистрирован законопроект 6-1/26: О проекте one"]
    assert FINDING not in world.text()
