"""Facts that are not what they have to be: refused with their name, whatever they are, and never an exception."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.composing.examples import example
from publish.composing.facts import KNOWN_FACTS
from publish.composing.posts import compose_post
from publish.composing.templates import Templates
from publish.drafts import Draft
from publish.message import Message, Refusal
from vocab.posts import ChannelName, PostKind


def composed(draft: Draft, channel: ChannelName = ChannelName.X) -> Message | Refusal:
    return compose_post(draft, channel, "ru", public_url="https://baikoo.example", templates=Templates(), pictures=None)


@pytest.mark.parametrize(
    ("kind", "facts", "cause"),
    [
        (PostKind.POLL_RESULT, {"answers": [{"text": "да"}]}, "«answers» of poll_published is [{'text': 'да'}]"),
        (PostKind.VOTE_RESULT, {"in_favour": "71"}, "«in_favour» of bill_told_vote is '71', and has to be a number"),
        (PostKind.AGENDA_CHANGED, {"changes": "lines"}, "«changes» of agenda_changed"),
        (PostKind.FINDING_CONFIRMED, {"figures": [1]}, "«figures» of finding_confirmed"),
    ],
)
def test_a_wrong_fact_is_refused_by_its_name(kind: PostKind, facts: dict[str, Any], cause: str) -> None:
    draft = example(kind)
    made = composed(replace(draft, items=(replace(draft.items[0], facts=facts),)))
    assert isinstance(made, Refusal)
    assert cause in made.cause


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("x" * 5000),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
some_facts = st.dictionaries(st.sampled_from(sorted(KNOWN_FACTS)), odd, max_size=3)


@settings(max_examples=80, deadline=None, database=None)
@given(st.sampled_from(PostKind), st.sampled_from(ChannelName), some_facts, some_facts, st.text(max_size=400))
def test_whatever_the_facts_are_there_is_a_message_or_a_refusal(
    kind: PostKind, channel: ChannelName, whole: dict[str, Any], of_item: dict[str, Any], title: str
) -> None:
    draft = example(kind)
    items = tuple(replace(item, facts={**item.facts, **of_item}, title=title) for item in draft.items)
    composed(replace(draft, facts={**draft.facts, **whole}, items=items), channel)
