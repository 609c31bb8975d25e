from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.archive import Archive
from vocab.errors import StorageError

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=UTF-8"), ("X-Two", "a"), ("X-Two", "b"))


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


def test_a_truncated_tail_harms_only_itself(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = archive.append("http://a/1", 200, (), b"first", NOW)
    second = archive.append("http://a/2", 200, (), b"second" * 500, NOW)
    archive.close()
    file = tmp_path / first[0]
    file.write_bytes(file.read_bytes()[: second[1] + 20])
    assert Archive(tmp_path).read(*first).body == b"first"
    with pytest.raises(StorageError, match=r"no (whole )?record"):
        Archive(tmp_path).read(*second)


@pytest.mark.parametrize("name", ["missing.warc.gz", "../../etc/passwd"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="archive"):
        Archive(tmp_path).read(name, 0)
