"""The text of a document that a record offers, whatever is in the file: read, or marked with the reason."""

from dataclasses import dataclass

from nlp.documents.converters import convert_doc
from nlp.documents.formats.media import Media
from nlp.documents.worker import DocumentWorker
from nlp.words.language import detect

_LANGUAGE_SAMPLE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """What a file says.

    `media` is what it is by its content (see `Media`), `method` what read it. `text` has a line a paragraph, cells of
    a table row separated by tabs; "" with a `failure` where nothing could be read. `language` is ru, ky or mixed.
    """

    media: str
    method: str = ""
    text: str = ""
    failure: str | None = None
    language: str | None = None


def read_document(data: bytes, name: str, worker: DocumentWorker | None = None) -> DocumentReading:
    """The text of a file. Never raises for its content; time and memory are bounded.

    `name` is the file's, for other programs that go by its ending. `worker`: the process that reads, shared by many.
    """
    if worker is None:
        with DocumentWorker() as own:
            return read_document(data, name, own)
    plain = worker.read(data)
    if plain.media is Media.DOC:
        plain = convert_doc(data, worker)
    language = detect(plain.text[:_LANGUAGE_SAMPLE]).language.value if plain.text else None
    return DocumentReading(
        media=plain.media.value,
        method=plain.method,
        text=plain.text,
        failure=plain.failure,
        language=None if language == "unknown" else language,
    )
