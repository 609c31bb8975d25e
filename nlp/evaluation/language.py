"""How often the language of a short text is right, on excerpts of other outlets whose language a person noted."""

from collections import Counter
from pathlib import Path

from nlp.evaluation.gold import beside, lines_of
from nlp.evaluation.score import Miss, Score, chosen_score
from nlp.words.language import detect

EXCERPTS = "press-excerpts.jsonl"


def score(gold: Path, replay: Path) -> Score:
    """The accuracy on the excerpts beside the gold folder or beside the replay folder; without them `n` is 0.

    `parts` has the accuracy of each language. Raises UsageError for a line that is no JSON.
    """
    path = beside(gold, replay, EXCERPTS)
    if not path.is_file():
        return Score(n=0)
    rows = lines_of(path)
    all_of: Counter[str] = Counter()
    right: Counter[str] = Counter()
    misses = []
    for row in rows:
        language = detect(f"{row['title']}\n{row['text']}").language.value
        all_of[row["lang"]] += 1
        right[row["lang"]] += language == row["lang"]
        if language != row["lang"]:
            misses.append(Miss(where=row["url"], wanted=row["lang"], found=language))
    parts = {code: right[code] / count for code, count in sorted(all_of.items())}
    return chosen_score(right=right.total(), n=all_of.total(), misses=misses, parts=parts)
