"""Old Word files are read by other programs, which are held to little memory, time, output and no network."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from lxml import etree

from nlp.documents import converters
from nlp.documents.reading import read_document
from nlp.documents.worker import DocumentWorker
from tests.nlp.files import OLD_WORD, docx, paragraph, program, table, zipped


def test_an_old_word_file_needs_a_program(worker: DocumentWorker, programs: Path) -> None:
    read = read_document(OLD_WORD, "old.doc", worker)
    assert (read.media, read.text) == ("doc", "")
    assert read.failure == "an old Word file: install antiword, or LibreOffice, to read it"
    assert not converters.can_convert()
    program(programs, "antiword", 'printf "Долбоор  өң\\n\\n|Было |Стало |\\n"')
    read = read_document(OLD_WORD, "old.doc", worker)
    assert (read.method, read.text, read.failure) == ("antiword", "Долбоор өң\nБыло\tСтало", None)


def test_the_second_program_is_asked_when_the_first_fails(
    worker: DocumentWorker, programs: Path, tmp_path: Path
) -> None:
    program(programs, "antiword", "echo 'is not a Word Document' >&2; exit 3")
    read = read_document(OLD_WORD, "old.doc", worker)
    assert read.failure == "antiword: ended with 3: is not a Word Document"
    made = tmp_path / "made.docx"
    made.write_bytes(docx(table([paragraph("Было"), paragraph("Стало")])))
    program(programs, "soffice", f'while [ "$1" != --outdir ]; do shift; done; /bin/cp {made} "$2/document.docx"')
    read = read_document(OLD_WORD, "old.doc", worker)
    assert (read.media, read.method, read.text) == ("doc", "libreoffice", "Было\tСтало")
    program(programs, "soffice", "exit 0")
    assert read_document(OLD_WORD, "old.doc", worker).failure == "soffice: made no file of it"


def test_a_program_that_hangs_is_ended(worker: DocumentWorker, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converters, "CONVERT_SECONDS", 0.2)
    program(programs, "antiword", "/bin/sleep 60")
    assert read_document(OLD_WORD, "old.doc", worker).failure == "antiword: took longer than 0.2 seconds"
    (programs / "antiword").write_bytes(b"\0 no program")
    assert "antiword: " in (read_document(OLD_WORD, "old.doc", worker).failure or "")


HELD = """
ulimit -v; ulimit -f; ulimit -t; ulimit -c
echo "home $HOME secret $BAIKOO_SECRET"
"""


def test_a_program_gets_little_and_is_told_little(
    worker: DocumentWorker, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAIKOO_SECRET", "key")
    program(programs, "antiword", HELD)
    memory, file, seconds, core, told = read_document(OLD_WORD, "old.doc", worker).text.split("\n")
    assert int(memory) == 512 * 1024
    assert int(file) in (40 * 1024, 2 * 40 * 1024)  # in units of 1024 or of 512 bytes, as the shell likes
    assert (int(seconds), int(core)) == (121, 0)
    assert told.startswith("home /tmp/baikoo-" if str(tempfile.gettempdir()) == "/tmp" else "home ")
    assert told.endswith("secret")


def test_a_program_has_no_network(worker: DocumentWorker, programs: Path) -> None:
    if subprocess.run(["/usr/bin/unshare", "-rn", "/bin/true"], check=False, capture_output=True).returncode:
        pytest.skip("this system gives nobody a network of its own")
    program(programs, "antiword", "/bin/cat /proc/net/dev")
    devices = [line for line in read_document(OLD_WORD, "old.doc", worker).text.split("\n") if ":" in line]
    assert [device.split(":")[0].strip() for device in devices] == ["lo"]


def test_a_program_that_writes_without_end_is_ended(worker: DocumentWorker, programs: Path) -> None:
    for script in ("exec /usr/bin/yes", "/usr/bin/yes; exit $?"):
        program(programs, "antiword", script)
        assert read_document(OLD_WORD, "old.doc", worker).failure == "antiword: writes more than 40 megabytes"


def test_a_text_that_is_too_long_is_refused(
    worker: DocumentWorker, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converters, "LONGEST", 3)
    program(programs, "antiword", "printf много")
    assert read_document(OLD_WORD, "old.doc", worker).failure == "antiword: 5 characters, more than 3"


def test_a_program_that_eats_memory_or_time_is_ended(
    worker: DocumentWorker, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs, "antiword", f"exec {sys.executable} -S -c 'bytearray(1 << 30)'")
    assert "MemoryError" in (read_document(OLD_WORD, "old.doc", worker).failure or "")
    monkeypatch.setattr(converters, "CONVERT_SECONDS", 0.3)
    program(programs, "antiword", "kill -XCPU $$")
    assert read_document(OLD_WORD, "old.doc", worker).failure == "antiword: took longer than 0.3 seconds"


@pytest.mark.parametrize("ending", ["exit 0", "/bin/sleep 60"])
def test_what_a_program_started_ends_with_it(
    worker: DocumentWorker, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(converters, "CONVERT_SECONDS", 1.0)
    program(programs, "antiword", f"/bin/sleep 60 & echo $! > {tmp_path}/pid\necho a\n{ending}")
    started = time.monotonic()
    read_document(OLD_WORD, "old.doc", worker)
    state = Path(f"/proc/{(tmp_path / 'pid').read_text('ascii').strip()}/stat")
    while state.exists() and state.read_text("ascii").split()[2] != "Z":
        assert time.monotonic() - started < 10
        time.sleep(0.01)


def test_libreoffice_gets_a_profile_of_its_own(worker: DocumentWorker, programs: Path, tmp_path: Path) -> None:
    program(
        programs, "soffice", f'/bin/cp "${{1#-env:UserInstallation=file://}}/user/registrymodifications.xcu" {tmp_path}'
    )
    assert read_document(OLD_WORD, "old.doc", worker).failure == "soffice: made no file of it"
    root = etree.fromstring((tmp_path / "registrymodifications.xcu").read_bytes())
    settings = {str(prop.get(prop.keys()[0])): prop.findtext("value") for prop in root.iter("prop")}
    assert (settings["DisableMacrosExecution"], settings["MacroSecurityLevel"]) == ("true", "3")
    assert (settings["BlockUntrustedRefererLinks"], settings["DisableActiveContent"]) == ("true", "true")
    assert (settings["ooInetProxyType"], settings["ooInetHTTPSProxyPort"]) == ("2", "9")


def test_what_libreoffice_makes_is_not_trusted(worker: DocumentWorker, programs: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    script = f'while [ "$1" != --outdir ]; do shift; done; /bin/cp {made} "$2/document.docx"'
    program(programs, "soffice", script)
    made.write_bytes(zipped({"word/document.xml": b"\0" * 160_000_000}))
    assert "more than a document can have" in (read_document(OLD_WORD, "old.doc", worker).failure or "")
    made.write_bytes(OLD_WORD)
    read = read_document(OLD_WORD, "old.doc", worker)
    assert read.failure == "soffice: made no new Word file of it, but doc"
    program(programs, "soffice", script.replace("/bin/cp", "/bin/ln -s"))
    assert read_document(OLD_WORD, "old.doc", worker).failure == "soffice: made no file of it"
