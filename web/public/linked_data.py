"""Bills for machines that read pages: schema.org `Legislation` as JSON-LD. Pure."""

import json

from web.answers import Row

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end the element in which the data stands, or be taken for markup, as JSON may write it too."""


def legislation(address: str, bill: Row, lang: str) -> str:
    """A bill as inline data; only what we know, in the words of its sources. No letter of it can end the element."""
    told = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": bill["title"],
        "identifier": bill["id"],
        "legislationIdentifier": bill["number"],
        "legislationType": bill["kind"],
        "legislationJurisdiction": {"@type": "Country", "name": "Kyrgyzstan", "identifier": "KG"},
        "isPartOf": {"@type": "Dataset", "name": "Baikoo", "url": address.partition("/bills/")[0]},
        "mainEntityOfPage": {"@type": "WebPage", "inLanguage": lang},
    }
    known = {name: value for name, value in told.items() if value is not None}
    return "".join(_ESCAPES.get(letter, letter) for letter in json.dumps(known, ensure_ascii=False))
