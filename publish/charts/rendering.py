"""From a specification to an SVG, a PNG card, and the JavaScript that draws it in a browser.

The one module that meets vl-convert. Each call takes some tens of milliseconds of one core, the first one a third of a
second, the JavaScript a second: callers keep what they got.
"""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import vl_convert

CARD_PIXELS = (1200, 630)
_CARD_SCALE = 2
_SCRIPT = "window.vegaEmbed = vegaEmbed;"


def svg(spec: dict[str, Any]) -> bytes:
    """The picture as lines and letters. It asks for nothing outside of itself."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


def png(spec: dict[str, Any], scale: float = _CARD_SCALE) -> bytes:
    """The picture as points, twice as many as the specification has units: of a card's, 1200 by 630."""
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))


def javascript() -> bytes:
    """Vega, Vega-Lite, Vega-Embed and the interpreter that needs no `unsafe-eval`, out of the wheel: one file.

    It gives the page `vegaEmbed`, to be called with `ast: true`.
    """
    return str(vl_convert.javascript_bundle(_SCRIPT)).encode()


@lru_cache(maxsize=1)
def javascript_name() -> str:
    """A name that changes with what `javascript` gives, known without making it."""
    versions = (
        version("vl-convert-python"),
        vl_convert.get_vega_version(),
        vl_convert.get_vega_embed_version(),
        _SCRIPT,
    )
    return f"vega-{hashlib.sha256(repr(versions).encode()).hexdigest()[:16]}.js"
