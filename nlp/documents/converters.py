"""Old Word files by other programs, which are held short: memory, time, output, network, and what they may start."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nlp.documents import confined
from nlp.documents.formats.media import Media
from nlp.documents.formats.readers import LONGEST, Plain
from nlp.documents.worker import DocumentWorker
from vocab.errors import ReadError
from vocab.text import fold_space

CONVERT_SECONDS = 120.0
NO_CONVERTER = "an old Word file: install antiword, or LibreOffice, to read it"

_COMPLAINT = 2000
# What a program is told of our surroundings: nothing that names a database or holds a key.
_TOLD = ("PATH", "ANTIWORDHOME", "LD_LIBRARY_PATH")
# LibreOffice's settings: no macros and scripts, links of a document never followed, and a proxy that is not there.
# Of Writer's links 0 means never (sw/inc/linkenum.hxx), of Calc's 1.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The most a program may have: megabytes of address space, and of each file that it writes."""

    memory: int
    file: int


_ANTIWORD = _Limits(memory=512, file=40)  # a Cyrillic letter has two bytes: as many as are kept of a text
_LIBREOFFICE = _Limits(memory=4096, file=100)  # it maps its hundreds of libraries

_Converter = Callable[[str, Path, DocumentWorker], Plain]


def can_convert() -> bool:
    """A program that reads old Word files is installed."""
    return any(shutil.which(program) for program, _ in _CONVERTERS)


def convert_doc(data: bytes, worker: DocumentWorker) -> Plain:
    """An old Word file by the first program that can; the last failure where none can. Never raises for its content."""
    plain = Plain(Media.DOC, failure=NO_CONVERTER)
    for program, read in _CONVERTERS:
        path = shutil.which(program)
        if path is None:
            continue
        with tempfile.TemporaryDirectory(prefix="baikoo-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "document.doc"
            try:
                file.write_bytes(data)
                plain = read(path, file, worker)
            except (ReadError, OSError) as error:
                reason = error.reason if isinstance(error, ReadError) else str(error)
                plain = Plain(Media.DOC, program, failure=f"{program}: {reason}")
        if plain.failure is None:
            return plain
    return plain


def _by_antiword(path: str, file: Path, _worker: DocumentWorker) -> Plain:
    """Tables are drawn with bars, which become tabs."""
    text = _run([path, "-m", "UTF-8.txt", "-w", "0", str(file)], file.parent, _ANTIWORD).decode("utf-8", "replace")
    lines = ("\t".join(map(fold_space, line.strip("|").split("|"))) for line in text.splitlines())
    kept = "\n".join(line for line in lines if line.strip())
    if len(kept) > LONGEST:
        raise ReadError("doc", f"{len(kept)} characters, more than {LONGEST}")
    return Plain(Media.DOC, "antiword", kept, None if kept else "no text in it")


def _by_libreoffice(path: str, file: Path, worker: DocumentWorker) -> Plain:
    """Made a new Word file, and read as one: so tables stay tables."""
    folder = file.parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_profile(), "utf-8")
    options = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    made_of = ("--convert-to", "docx", "--outdir", str(folder), str(file))
    _run([path, f"-env:UserInstallation={profile.as_uri()}", *options, *made_of], folder, _LIBREOFFICE)
    made = file.with_suffix(".docx")
    if made.is_symlink() or not made.is_file():
        raise ReadError("doc", "made no file of it")
    plain = worker.read(_bytes(made, _LIBREOFFICE.file))
    if plain.media is not Media.DOCX and plain.failure is None:
        raise ReadError("doc", f"made no new Word file of it, but {plain.media.value}")
    return plain._replace(media=Media.DOC, method="libreoffice")


def _profile() -> str:
    """What LibreOffice reads its settings from."""
    items = "\n".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for place, name, value in _SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    return f"{head}\n{items}\n</oor:items>\n"


_CONVERTERS: tuple[tuple[str, _Converter], ...] = (
    ("antiword", _by_antiword),
    ("soffice", _by_libreoffice),
    ("libreoffice", _by_libreoffice),
)


def _run(program: list[str], folder: Path, limits: _Limits) -> bytes:
    """What a program writes; whatever it started is ended with it, and it when it takes too long.

    It writes into files, whose size the system limits: a pipe would be read without end, and be held open by others.
    """
    seconds = int(CONVERT_SECONDS) + 1
    command = confined.command(program, megabytes=limits.memory, file_megabytes=limits.file, seconds=seconds)
    written, complaint = folder / "written", folder / "complaint"
    with written.open("wb") as out, complaint.open("wb") as err:
        process = subprocess.Popen(  # noqa: S603 - programs found on PATH, on a file of our own name
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=_surroundings(folder),
            start_new_session=True,
        )
    try:
        code = process.wait(CONVERT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError("doc", f"took longer than {CONVERT_SECONDS:g} seconds") from error
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code:
        raise ReadError("doc", _why(code, complaint, limits))
    return _bytes(written, limits.file)


def _surroundings(folder: Path) -> Mapping[str, str]:
    told = {name: os.environ[name] for name in _TOLD if name in os.environ}
    return told | {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}


def _why(code: int, complaint: Path, limits: _Limits) -> str:
    """Why a program ended so; a shell that started it adds 128 to the number of the signal."""
    number = -code if code < 0 else code - 128
    if number == signal.SIGXFSZ:
        return f"writes more than {limits.file} megabytes"
    if number == signal.SIGXCPU:
        return f"took longer than {CONVERT_SECONDS:g} seconds"
    with complaint.open("rb") as file:
        said = fold_space(file.read(_COMPLAINT).decode("utf-8", "replace"))
    return f"ended with {code}: {said[:200]}"


def _bytes(path: Path, megabytes: int) -> bytes:
    """A file that may not be longer than this."""
    most = megabytes * 1024 * 1024
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ReadError("doc", f"writes more than {megabytes} megabytes")
    return data
