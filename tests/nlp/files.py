"""Files made for a test, byte by byte: no library writes them, so that they are what they say."""

import stat
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006'
    '/relationships/officeDocument"/></Relationships>'
)


def paragraph(*runs: str) -> str:
    """A paragraph of Word with a run a text."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of Word; a cell is the XML of its blocks."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def docx(*blocks: str, head: str = "") -> bytes:
    """A Word document of these blocks."""
    body = f'{head}<w:document xmlns:w="{_W}"><w:body>{"".join(blocks)}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body})


def pdf(*pages: Sequence[str], unmapped: bool = False) -> bytes:
    """A PDF with a line of text a string. `unmapped`: without the map that says which letters the font shows."""
    letters = sorted({letter for lines in pages for line in lines for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R]"
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        f"{font}{'' if unmapped else ' /ToUnicode 5 0 R'} >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 500 >>",
        _stream(_map(codes)),
    ]
    for number, lines in enumerate(pages):
        content = 7 + 2 * number
        resources = "<< /Font << /F 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Resources {resources} /Contents {content} 0 R >>"
        objects += [page.encode(), _stream(_shown(lines, codes))]
    return _assembled(objects)


def _shown(lines: Sequence[str], codes: Mapping[str, int]) -> str:
    shown = "".join(f"<{''.join(f'{codes[letter]:04x}' for letter in line)}> Tj 0 -20 Td " for line in lines)
    return f"BT /F 12 Tf 40 700 Td {shown}ET"


def _map(codes: Mapping[str, int]) -> str:
    rows = "\n".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n1 begincodespacerange\n"
        f"<0000> <ffff>\nendcodespacerange\n{len(codes)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    )


def _stream(content: str) -> bytes:
    body = content.encode("ascii")
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(body), body)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table_of_places = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table_of_places,
        size,
        len(out),
    )
    return out


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 + "WordDocument".encode("utf-16-le")


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name on the path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
