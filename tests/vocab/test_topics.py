"""The major topics and their names."""

import pytest

from vocab.errors import UsageError
from vocab.topics import TOPICS, checked_topics


def test_the_codebook_has_21_major_topics_with_names_in_three_languages() -> None:
    assert len(TOPICS) == 21
    assert not {11, 22} & set(TOPICS)
    names = [getattr(name, language) for name in TOPICS.values() for language in ("ru", "ky", "en")]
    assert all(names)
    assert len({name.ru for name in TOPICS.values()}) == len({name.ky for name in TOPICS.values()}) == 21


def test_chosen_topics_are_checked() -> None:
    assert checked_topics([20, 13, 20]) == (20, 13)
    with pytest.raises(UsageError, match="no topic given"):
        checked_topics([])
    with pytest.raises(UsageError, match="no topic 11, 22; topics are 1, 2"):
        checked_topics([11, 1, 22])
