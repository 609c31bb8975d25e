"""The text of a document that a record offers, whatever is in the file: read, or marked with the reason."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nlp.documents.formats.media import Media
from nlp.documents.formats.readers import Plain
from nlp.documents.worker import DocumentWorker
from nlp.words.language import detect
from vocab.errors import ReadError
from vocab.text import fold_space

CONVERT_SECONDS = 120
NO_CONVERTER = "an old Word file: install antiword, or LibreOffice, to read it"

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
        plain = _read_doc(data, worker)
    language = detect(plain.text[:_LANGUAGE_SAMPLE]).language.value if plain.text else None
    return DocumentReading(
        media=plain.media.value,
        method=plain.method,
        text=plain.text,
        failure=plain.failure,
        language=None if language == "unknown" else language,
    )


def can_convert() -> bool:
    """A program that reads old Word files is installed."""
    return any(shutil.which(program) for program, _ in _CONVERTERS)


def _read_doc(data: bytes, worker: DocumentWorker) -> Plain:
    """An old Word file by the first program that can; the last failure where none can."""
    plain = Plain(Media.DOC, failure=NO_CONVERTER)
    for program, read in _CONVERTERS:
        path = shutil.which(program)
        if path is None:
            continue
        with tempfile.TemporaryDirectory(prefix="baikoo-") as folder:
            file = Path(folder) / "document.doc"
            file.write_bytes(data)
            try:
                plain = read(path, file, worker)
            except (ReadError, OSError) as error:
                reason = error.reason if isinstance(error, ReadError) else str(error)
                plain = Plain(Media.DOC, program, failure=f"{program}: {reason}")
        if plain.failure is None:
            return plain
    return plain


def _by_antiword(path: str, file: Path, _worker: DocumentWorker) -> Plain:
    """Tables are drawn with bars, which become tabs."""
    text = _run([path, "-m", "UTF-8.txt", "-w", "0", str(file)]).decode("utf-8", "replace")
    lines = ("\t".join(map(fold_space, line.strip("|").split("|"))) for line in text.splitlines())
    kept = "\n".join(line for line in lines if line.strip())
    return Plain(Media.DOC, "antiword", kept, None if kept else "no text in it")


def _by_libreoffice(path: str, file: Path, worker: DocumentWorker) -> Plain:
    """Made a new Word file, and read as one: so tables stay tables."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    _run([path, profile, "--headless", "--convert-to", "docx", "--outdir", str(file.parent), str(file)])
    made = file.with_suffix(".docx")
    if not made.is_file():
        raise ReadError("doc", "made no file of it")
    return worker.read(made.read_bytes())._replace(media=Media.DOC, method="libreoffice")


_CONVERTERS: tuple[tuple[str, Callable[[str, Path, DocumentWorker], Plain]], ...] = (
    ("antiword", _by_antiword),
    ("soffice", _by_libreoffice),
    ("libreoffice", _by_libreoffice),
)


def _run(command: list[str]) -> bytes:
    """What a program writes; it and what it started are ended when it takes too long."""
    process = subprocess.Popen(  # noqa: S603 - programs found on PATH, on a file of our own name
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        written, complaint = process.communicate(timeout=CONVERT_SECONDS)
    except subprocess.TimeoutExpired as error:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.communicate()
        raise ReadError("doc", f"took longer than {CONVERT_SECONDS} seconds") from error
    if process.returncode:
        said = fold_space(complaint.decode("utf-8", "replace"))
        raise ReadError("doc", f"ended with {process.returncode}: {said[:200]}")
    return written
