"""Facts about the languages of the parliament, as data: one YAML file a subject, read once and only when asked for."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def lexicon(name: str) -> Any:
    """What `nlp/lexicon/<name>.yml` holds; shared by all callers, so nobody changes it.

    Raises FileNotFoundError for a name without a file.
    """
    return yaml.load(files("nlp.lexicon").joinpath(f"{name}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
