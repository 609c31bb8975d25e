"""What a reader may ask a picture for."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from publish.charts.picture import Theme
from web.parameters import Words, Year

_KEY = Field(max_length=300, pattern=r"^[\w.~-]+$")
Key = Annotated[Annotated[str, _KEY] | None, BeforeValidator(lambda value: value or None)]


class PictureQuery(BaseModel):
    """Of what: each picture knows some of these, and the others say nothing to it."""

    year: Year = None
    convocation: Words = None
    committee: Key = None
    person: Key = None
    bill: Key = None
    check: Key = None

    def narrowed(self, names: Iterable[str]) -> "PictureQuery":
        """The same with these choices alone."""
        return PictureQuery(**{name: getattr(self, name) for name in names})

    def only(self, names: Iterable[str]) -> dict[str, str]:
        """What is asked for under these names, as it stands in an address; other names would only fill caches."""
        return {name: str(value) for name in sorted(names) if (value := getattr(self, name)) is not None}


class DrawnQuery(PictureQuery):
    """A picture as a file: in which language and on which paper."""

    lang: Literal["ky", "ru", "en"] = "ru"
    theme: Theme = Theme.LIGHT
