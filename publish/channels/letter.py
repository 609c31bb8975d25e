"""A post as a letter: text and HTML that say the same, the card inside of it, headers that mail programs ask for. Pure.

The HTML asks for nothing on the network, knows no script and no tracker; words of others are escaped.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from publish.channels.protocol import Sending
from publish.message import Mark, Part, Span, image_type, plain
from vocab.text import fold_space

_WEB = ("https://", "http://")
_CARD = "card"
_OWN_HEADERS = re.compile(r"List-[A-Za-z-]+|Reply-To|Feedback-ID", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #ffffff; }
main { max-width: 640px; margin: 0 auto; }
h1 { font-size: 20px; line-height: 1.3; }
a { color: #0b57a4; }
img { max-width: 100%; height: auto; }
@media (prefers-color-scheme: dark) {
  body { color: #e8e8e8; background: #1b1b1b; }
  a { color: #8ab8f0; }
}
"""


def letter(sending: Sending, *, sender: str, to: str, domain: str, now: datetime) -> EmailMessage:
    """The letter for one address. The same key gives the same Message-ID, so that a mail program shows one of two.

    Raises ValueError for an address, a header or a text that would break out of its place.
    """
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = sender
    message["To"] = address(to)
    message["Subject"] = fold_space(_CONTROL.sub(" ", sending.title))
    message["Date"] = now
    message["Message-ID"] = message_id(sending.key, domain)
    if sending.after:
        message["In-Reply-To"] = sending.after[-1].id
        message["References"] = " ".join(one.id for one in sending.after)
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "list"
    for name, value in _headers(sending, domain).items():
        message[name] = value
    message.set_content(f"{plain(sending.part).strip()}\n")
    message.add_alternative(html_of(sending, domain), subtype="html")
    message["Content-Language"] = sending.lang  # after the content: set before, it would go with the text alone
    if sending.picture:
        kind = image_type(sending.picture).removeprefix("image/")
        part = message.get_payload(1)
        assert isinstance(part, EmailMessage)  # noqa: S101 - the alternative that was added above
        part.add_related(sending.picture, "image", kind, cid=f"<{_CARD}@{domain}>", disposition="inline")
    return message


def message_id(key: str, domain: str) -> str:
    """The id of the letter for a key of ours: always the same."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def address(typed: str) -> Address:
    """One address, and nothing beside it. Raises ValueError for any other text, and for letters beyond ASCII."""
    if not typed.isascii() or _CONTROL.search(typed):
        raise ValueError("an address has ASCII letters alone")
    try:
        read = Address(addr_spec=typed)
    except HeaderParseError as error:
        raise ValueError(str(error)) from error
    if not read.username or not read.domain:
        raise ValueError("an address is name@domain")
    return read


def _headers(sending: Sending, domain: str) -> Mapping[str, str]:
    """Those of the list. Who is written to alone can leave by one click (RFC 8058)."""
    foreign = [name for name in sending.headers if not _OWN_HEADERS.fullmatch(name)]
    if foreign:
        raise ValueError(f"{foreign[0]} is no header of a post")
    named = {name.lower() for name in sending.headers}
    more = {}
    if "list-id" not in named:
        more["List-Id"] = f"<{'alerts' if sending.recipient else 'posts'}-{sending.lang}.{domain}>"
    if "list-unsubscribe" in named and "list-unsubscribe-post" not in named:
        more["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return {**sending.headers, **more}


def html_of(sending: Sending, domain: str) -> str:
    """The letter as a page: the title, where the text does not begin with it; the text; the card."""
    title = escape(fold_space(sending.title))
    is_said = fold_space(plain(sending.part)).startswith(fold_space(sending.title))
    card = f'<p><img src="cid:{_CARD}@{escape(domain)}" alt="{escape(sending.alt)}"></p>' if sending.picture else ""
    return (
        f'<!doctype html>\n<html lang="{escape(sending.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{'' if is_said else f'<h1>{title}</h1>'}\n{_paragraphs(sending.part)}\n{card}\n</main>\n</body>\n</html>\n"
    )


def _paragraphs(part: Part) -> str:
    """An empty line begins a paragraph, another line feed a line."""
    text = "".join(_marked(span) for span in part).strip()
    paragraphs = (one.strip().replace("\n", "<br>\n") for one in re.split(r"\n\s*\n", text))
    return "\n".join(f"<p>{one}</p>" for one in paragraphs if one)


def _marked(span: Span) -> str:
    words = escape(span.text)
    if span.mark is Mark.LINK and span.address.startswith(_WEB):
        return f'<a href="{escape(span.address)}">{words or escape(span.address)}</a>'
    if span.mark is Mark.LINK:
        return escape(plain((span,)))
    return f"<strong>{words}</strong>" if span.mark is Mark.STRONG else words
