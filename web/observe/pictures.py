"""A picture as a phone sends it → a picture that tells what was seen, and not where, when and by which phone."""

import hashlib
import threading
from http import HTTPStatus
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from tracker.uploads import Picture
from web.observe.answers import MEGABYTE

MAX_BYTES: Final = 10 * MEGABYTE
MAX_PIXELS: Final = 50_000_000
_MAX_SIDE = 2560
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_AT_ONCE = threading.Semaphore(2)  # a picture takes some hundred megabytes while it is drawn


class PictureRefused(Exception):
    """The picture cannot be kept: `status` of the answer, and the code of the reason."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def redraw(sent: bytes) -> Picture:
    """The picture anew as JPEG, turned upright, with nothing but its pixels. Raises PictureRefused."""
    with _AT_ONCE:
        try:
            image = _pixels(sent)
        except _BOMBS as error:
            raise PictureRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many_pixels") from error
        except _UNREADABLE as error:
            raise PictureRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_a_picture") from error
    drawn = BytesIO()
    image.save(drawn, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(
        data=drawn.getvalue(), width=image.width, height=image.height, sent_digest=hashlib.sha256(sent).hexdigest()
    )


def _pixels(sent: bytes) -> Image.Image:
    """On white, where the picture lets something shine through."""
    with Image.open(BytesIO(sent), formats=_FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise PictureRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many_pixels")
        opened.draft("RGB", (_MAX_SIDE, _MAX_SIDE))
        opened.thumbnail((_MAX_SIDE, _MAX_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright)
    return clean
