"""The text of RTF files, in which old attachments often come under the name of a Word document."""

import re
from dataclasses import dataclass, field

from nlp.documents.formats.plain import tidy

_RTF = re.compile(r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?|\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+")
# Groups that carry no text of the document.
_DESTINATIONS = frozenset(
    {
        "colortbl", "datastore", "fldinst", "fonttbl", "footer", "footnote", "generator", "header", "info",
        "latentstyles", "listoverridetable", "listtable", "object", "pict", "rsidtbl", "stylesheet", "themedata",
        "xmlnstbl",
    }
)  # fmt: skip
_WORDS = {"par": "\n", "line": " ", "sect": "\n", "page": "\n", "tab": " ", "cell": "\t", "row": "\n", "nestcell": " "}
_SIGNS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
_ESCAPED = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}


@dataclass(slots=True)
class _Rtf:
    """What the reader of RTF has written, and the state of its groups: hidden or not, `replaced`."""

    charset: str
    written: list[str] = field(default_factory=list)
    groups: list[tuple[bool, int]] = field(default_factory=list)
    hidden: bool = False
    replaced: int = 1  # so many characters stand after a Unicode number for readers that do not know it
    skip: int = 0
    codes: bytearray = field(default_factory=bytearray)

    def text(self, piece: str) -> None:
        self.flush()
        if self.skip and piece:
            dropped = min(self.skip, len(piece))
            piece, self.skip = piece[dropped:], self.skip - dropped
        if not self.hidden:
            self.written.append(piece)

    def byte(self, digits: str) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.codes.append(int(digits, 16))

    def flush(self) -> None:
        if self.codes and not self.hidden:
            self.written.append(self.codes.decode(self.charset, "replace"))
        self.codes.clear()

    def character(self, number: int) -> None:
        self.flush()
        code = number % 65536
        if not self.hidden:
            self.written.append(chr(code))
        self.skip = self.replaced

    def brace(self, mark: str) -> None:
        self.flush()
        self.skip = 0
        if mark == "{":
            self.groups.append((self.hidden, self.replaced))
        elif self.groups:
            self.hidden, self.replaced = self.groups.pop()

    def word(self, name: str, number: str | None) -> None:
        self.flush()
        if name in _DESTINATIONS:
            self.hidden = True
        elif name == "uc":
            self.replaced = min(int(number or 1), 8)
        elif not self.hidden:
            self.written.append(_WORDS.get(name) or _SIGNS.get(name, ""))


def read_rtf(data: bytes) -> str:
    """The text of an RTF file, cells of a table row separated by tabs. Never raises."""
    source = data.decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,4})", source[:4096])
    rtf = _Rtf(charset=_known(f"cp{page[1]}" if page else "cp1251"))
    place = 0
    for match in _RTF.finditer(source):
        if match.start() > place:
            rtf.text(_one_byte(source[place : match.start()], rtf.charset))
        place = match.end()
        _take(rtf, match)
    rtf.flush()
    text = "".join(rtf.written).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tidy(text.split("\n"))


def _take(rtf: _Rtf, match: re.Match[str]) -> None:
    code, number, name, value, escaped, brace = match.groups()
    if code:
        rtf.byte(code)
    elif number:
        rtf.character(int(number))
    elif name:
        rtf.word(name, value)
    elif brace:
        rtf.brace(brace)
    elif escaped == "*":
        rtf.hidden = True
    elif escaped:
        rtf.text(_ESCAPED.get(escaped, ""))


def _one_byte(text: str, charset: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode(charset, "replace")


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except LookupError:
        return "cp1251"
    return charset
