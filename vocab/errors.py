"""The one tree of errors.

Expected faults of a source are values (a quarantined reading); these exceptions are how a reader tells its caller
that a value cannot be read, and how a stage tells a person what happened, to what, and what to do.
"""


class BaikooError(Exception):
    """Anything that Baikoo can name. The text is shown to a person."""


class ReadError(BaikooError):
    """A value of a page or file cannot be read.

    `place` says where (a field, a paragraph, a row), `reason` what was expected and what stood there.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class UsageError(BaikooError):
    """What a person asked for cannot be done as asked; the text names the way out."""


class OriginMismatch(UsageError):
    """Live, replayed and demonstration data never meet in one database."""


class ConfigError(BaikooError):
    """A file of facts (source.yml, a rule file) or a setting is not what it must be."""


class StorageError(BaikooError):
    """The database or the archive is not in the state that the code needs."""
