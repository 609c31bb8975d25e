"""Phones and e-mail addresses are blanked wherever the site shows what a page said. Pure."""

import re

_GAP = r"(?:[ \u00a0()\-–]|&nbsp;|&#160;){0,3}"
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|&#64;|&commat;|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONES = (
    re.compile(rf"(?<![\w.])\(?\+(?:{_GAP}\d){{8,15}}(?!\d)"),  # +996 312 66 12 34
    re.compile(rf"(?<![\w.+])996(?:{_GAP}\d){{9}}(?!\d)"),
    re.compile(rf"(?<![\w.,:/№-])\(?0(?:{_GAP}\d){{9}}(?!\d)"),  # 0312 66-12-34, (0555) 123456
)
_LABELLED = re.compile(
    r"(\b(?:тел(?:ефон\w{0,4})?|факс|моб|tel|phone|fax)\b[.:№ \u00a0]{0,5}|\btel:)"
    r"([+(]{0,2}\d[\d ()+,;\u00a0–-]{3,60}\d)",
    re.IGNORECASE,
)
BLANK = "█████"
_MAY_HOLD = re.compile(rf"[@%&]|\+(?:{_GAP}\d){{8}}|0(?:{_GAP}\d){{9}}|996(?:{_GAP}\d){{9}}")
_LONG = re.compile(r"\d[\d ()+,;\u00a0–-]{3,60}\d")
_MAY_BE_LABELLED = re.compile(r"(?:тел|факс|моб|tel|phone|fax)[^\d]{0,24}\d")


def may_hold_contacts(text: str) -> bool:
    """False where no phone or e-mail address can stand: quick, for most texts. For JSON as text too."""
    return bool(_MAY_HOLD.search(text) or (_LONG.search(text) and _MAY_BE_LABELLED.search(text.lower())))


def without_contacts(text: str) -> str:
    """The text with every phone and e-mail address replaced by a bar."""
    text = _MAIL.sub(BLANK, text)
    for phone in _PHONES:
        text = phone.sub(BLANK, text)
    return _LABELLED.sub(lambda match: match.group(1) + BLANK, text)
