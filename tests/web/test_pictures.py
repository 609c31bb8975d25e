"""Pictures are drawn anew, or refused."""

from io import BytesIO

import pytest
from PIL import Image

from web.observe.pictures import PictureRefused, redraw


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    drawn = BytesIO()
    Image.new(mode, size).save(drawn, form)
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGB"), ("GIF", "P"), ("JPEG", "CMYK")]
)
def test_pictures_of_every_form_are_drawn_anew(form: str, mode: str) -> None:
    drawn = redraw(picture(form, (3000, 20), mode))
    assert (drawn.width, drawn.height) == (2560, 17)
    with Image.open(BytesIO(drawn.data)) as shown:
        assert (shown.format, shown.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_picture"),
        (picture()[:-200], "not_a_picture"),
        (picture("BMP"), "not_a_picture"),
        (picture("PNG", (8000, 7000), "1"), "too_many_pixels"),
        (picture("PNG", (20_000, 20_000), "1"), "too_many_pixels"),  # Pillow itself takes it for a bomb
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        redraw(data)
    assert refused.value.reason == reason


def test_what_shines_through_is_white() -> None:
    with Image.open(BytesIO(redraw(picture("PNG", (4, 4), "RGBA")).data)) as shown:
        assert shown.getpixel((1, 1)) == (255, 255, 255)
