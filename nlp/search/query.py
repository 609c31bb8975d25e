"""What a person typed, as words to search for in whichever language they are meant."""

from db.search import QueryWord
from nlp.words.lemmas import Token, query_forms, tokens
from nlp.words.russian import is_known
from vocab.text import fold, has_kyrgyz_letters

LONGEST = 500
"""Letters of a query that are read: nobody types more, and a pasted text is no query."""


def read_query(text: str) -> tuple[QueryWord, ...]:
    """The words in order with their normal forms; () for a query without a word. Never raises.

    A Kyrgyz word, or one that no dictionary knows, stands for everything that begins like it: its ending may not have
    come off («айылдаштар»), or it was not typed to its end («Бишк»).
    """
    return tuple(
        QueryWord(written=token.text, forms=sorted(forms), prefix=_may_go_on(token))
        for token in tokens(text[:LONGEST])
        if (forms := query_forms(token.text))
    )


def _may_go_on(token: Token) -> bool:
    word = fold(token.text)
    return word.isalpha() and (has_kyrgyz_letters(word) or not is_known(word))
