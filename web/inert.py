"""Archived bytes as something that can be read and cannot act. Pure."""

import codecs
import json
import re

import nh3
from markupsafe import Markup, escape

from web.contacts import without_contacts

_TAGS = {"p", "br", "table", "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "b", "strong", "i", "em"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"div", "section", "article", "header", "footer", "main", "nav", "form", "option", "title"}
_GONE = {"script", "style", "noscript", "template", "iframe", "object", "svg", "title"}
_HEADING = re.compile(r"<(/?)h[1-6]>")
_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})>")
_BREAKS = re.compile(r"(?:\s*<br>\s*){2,}")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TEXTUAL = ("text/", "application/json", "application/xml", "application/xhtml")
MARKUP = ("text/html", "application/xhtml")


def is_textual(content_type: str | None) -> bool:
    """False for pictures, office files and archives: they cannot be shown with their contacts blanked."""
    return (content_type or "text/html").lower().startswith(_TEXTUAL)


def charset_of(body: bytes, content_type: str | None) -> str:
    """UTF-8 where the bytes are UTF-8, else what is declared, else Windows-1251."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content_type or "") or _CHARSET.search(body[:4096].decode("ascii", "replace"))
        return _known(declared.group(1)) if declared else "cp1251"
    return "utf-8"


def _known(name: str) -> str:
    """A codec that can give every byte back; UTF-8 was already ruled out."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return "cp1251"
    return found if found.startswith(("cp125", "koi8", "iso8859")) else "cp1251"


def raw_without_contacts(body: bytes, charset: str) -> bytes:
    """The bytes as archived, with the contacts blanked and nothing else changed."""
    text = body.decode(charset, "surrogateescape")
    blanked = without_contacts(text)
    if blanked == text:
        return body
    return blanked.replace("█", "*").encode(charset, "surrogateescape")


def readable(body: bytes, content_type: str | None) -> Markup:
    """The text of a page as harmless markup: a handful of tags, no attribute, no address that can be followed."""
    text = body.decode(charset_of(body, content_type), "replace")
    kind = (content_type or "text/html").lower()
    if kind.startswith(MARKUP):
        return Markup(without_contacts(_harmless(text)))  # noqa: S704  (nh3 let only bare tags through)
    return Markup("<pre>%s</pre>") % escape(without_contacts(_laid_out(text, kind)))


def _harmless(text: str) -> str:
    cleaned = nh3.clean(
        text, tags=_TAGS | _HEADINGS | (_BLOCKS - _GONE), clean_content_tags=_GONE, attributes={}, link_rel=None
    )
    paragraphs = _HEADING.sub(lambda match: f"<{match.group(1)}p>", cleaned)
    return _BREAKS.sub("<br>", _BLOCK.sub("<br>", paragraphs))


def _laid_out(text: str, kind: str) -> str:
    if not kind.startswith("application/json"):
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
