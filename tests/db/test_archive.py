import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from db.archive import Archive, Asked
from vocab.errors import StorageError

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=UTF-8"), ("X-Two", "a"), ("X-Two", "b"))


def two_records(folder: Path, body: bytes) -> tuple[str, int, int]:
    archive = Archive(folder)
    first = archive.append("http://a/1", 200, (), b"first", NOW)
    second = archive.append("http://a/2", 200, HEADERS, body, NOW)
    archive.close()
    return first[0], first[1], second[1]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    places = [archive.append(f"http://kenesh.kg/{n}", 200, HEADERS, f"тело {n}".encode(), NOW) for n in range(3)]
    archive.sync()
    answer = Archive(tmp_path).read(*places[1])
    archive.close()
    assert (answer.url, answer.status, answer.body) == ("http://kenesh.kg/1", 200, "тело 1".encode())
    assert answer.headers == HEADERS


def test_two_writers_have_a_file_each(tmp_path: Path) -> None:
    one, two = Archive(tmp_path), Archive(tmp_path)
    first, second = one.append("http://a/", 200, (), b"1", NOW), two.append("http://b/", 404, (), b"", NOW)
    one.close()
    two.close()
    assert first[0] != second[0]
    assert Archive(tmp_path).read(*second).status == 404


def test_a_killed_writer_leaves_what_it_wrote(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys; from datetime import UTC, datetime; from db.archive import Archive\n"
        "place = Archive(pathlib.Path(sys.argv[1])).append('http://a/', 200, (), b'kept', datetime.now(UTC))\n"
        "print(*place, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    file, offset = killed.stdout.split()
    assert killed.returncode == -signal.SIGKILL
    assert Archive(tmp_path).read(file, int(offset)).body == b"kept"


def test_a_truncated_tail_harms_only_itself(tmp_path: Path) -> None:
    body = random.Random(1).randbytes(400)
    file, first, second = two_records(tmp_path, body)
    whole = (tmp_path / file).read_bytes()
    refused = 0
    for end in range(second, len(whole)):
        (tmp_path / "cut.warc.gz").write_bytes(whole[:end])
        assert Archive(tmp_path).read("cut.warc.gz", first).body == b"first"
        try:
            read = Archive(tmp_path).read("cut.warc.gz", second).body
        except StorageError:
            refused += 1
        else:
            assert read == body
    assert refused > len(body)


def test_a_damaged_record_is_never_given_as_sound(tmp_path: Path) -> None:
    body = random.Random(1).randbytes(400)
    file, _, second = two_records(tmp_path, body)
    whole = (tmp_path / file).read_bytes()
    refused = 0
    for place in range(second, len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        (tmp_path / "damaged.warc.gz").write_bytes(damaged)
        try:
            assert Archive(tmp_path).read("damaged.warc.gz", second).body == body
        except StorageError:
            refused += 1
    assert refused > len(body)


def test_a_place_inside_a_record_is_none(tmp_path: Path) -> None:
    file, first, second = two_records(tmp_path, b"second")
    for offset in (first + 1, second - 1, second + 10, 10**6):
        with pytest.raises(StorageError, match=f"archive {file} at {offset}"):
            Archive(tmp_path).read(file, offset)


def test_what_was_asked_stands_behind_the_answer(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    asked = Asked(method="POST", body=b'{"page": 2}')
    first = archive.append("http://a/sed/docs?x=1", 200, (), b"[]", NOW, asked=asked)
    second = archive.append("http://a/", 200, (), b"", NOW)
    archive.close()
    assert [archive.read(*place).body for place in (first, second)] == [b"[]", b""]
    with (tmp_path / first[0]).open("rb") as stream:
        records = [
            (record.rec_type, record.http_headers.protocol, record.http_headers.statusline, record.raw_stream.read())
            for record in ArchiveIterator(stream)
        ]
    assert records[1] == ("request", "POST", "/sed/docs?x=1 HTTP/1.1", b'{"page": 2}')
    assert [record[0] for record in records] == ["response", "request", "response"]


def test_an_archive_goes_on_in_a_new_file_after_its_end(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "made" / "when_needed")
    archive.sync()
    archive.close()
    assert not archive.folder.exists()
    first = archive.append("http://a/", 200, (), b"1", NOW)
    archive.close()
    second = archive.append("http://a/", 200, (), b"2", NOW)
    archive.close()
    assert first[0] != second[0]


@pytest.mark.parametrize("name", ["missing.warc.gz", "../../etc/passwd"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="archive"):
        Archive(tmp_path).read(name, 0)
