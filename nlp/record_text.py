"""The text of a record."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordText:
    """The text of one version of a record; `content_hash` is the record's own: of all that its source says.

    `body` is a press release's text, of one whose own page was not seen its list's summary; of an agenda entry the
    amended acts that its title does not name («некоторые законодательные акты»); "" for others.
    `day` is what undated words refer to: the day of publication, of the sitting, of the registration.
    """

    record_type: str
    key: str
    version: int
    title: str
    body: str
    day: date
    content_hash: str
