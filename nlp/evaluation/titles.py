"""The one comparison of titles in the gold's rules: of drafts and of acts."""

from functools import lru_cache

from rapidfuzz.fuzz import token_set_ratio

from vocab.text import title_key

ALIKE = 90.0


def same_title(one: str, other: str) -> bool:
    """True where two titles agree at a token-set similarity of 90 of 100.

    Quotes, blanks, ё, case and «Кыргызской Республики» written «КР» make no difference. An empty title agrees with
    none.
    """
    left, right = _key(one), _key(other)
    return bool(left and right) and token_set_ratio(left, right) >= ALIKE


@lru_cache(maxsize=4096)
def _key(title: str) -> str:
    return title_key(title)
