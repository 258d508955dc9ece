from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tickets.pictures import (
    BYTES_LIMIT,
    LONGEST_EDGE,
    NotAPicture,
    PictureTooLarge,
    cleaned,
)

ORIENTATION, MAKER = 0x0112, 0x010F


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20)) -> bytes:
    """A photo taken sideways by a camera that signs its work."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Secretive Camera Works"
    written = BytesIO()
    Image.new("RGB", size, "steelblue").save(written, kind, exif=exif)
    return written.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_a_photo_keeps_its_pixels_and_loses_its_secrets(
    kind: str, media_type: str
) -> None:
    kept = cleaned(photo(kind))

    with Image.open(BytesIO(kept.body)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
    assert kept.media_type == media_type
    assert b"Secretive" not in kept.body


def test_a_huge_photo_is_made_small_enough_for_a_phone() -> None:
    kept = cleaned(photo(size=(4000, 3000)))

    with Image.open(BytesIO(kept.body)) as image:
        assert max(image.size) == LONGEST_EDGE


def test_the_same_photo_sent_twice_is_known_by_its_digest() -> None:
    assert cleaned(photo()).digest == cleaned(photo()).digest


def test_a_transparent_photo_stays_transparent() -> None:
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")

    with Image.open(BytesIO(cleaned(written.getvalue()).body)) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_jpeg_of_several_frames_is_a_jpeg() -> None:
    first, second = (Image.new("RGB", (8, 8), color) for color in ("red", "blue"))
    written = BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second])

    assert cleaned(written.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize(
    "upload",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg onload='alert(1)'/>", id="a drawing that runs"),
        pytest.param(b"%PDF-1.7", id="a document"),
        pytest.param(photo()[:200], id="half a photo"),
        pytest.param(photo("GIF"), id="a GIF"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, id="a broken PNG"),
    ],
)
def test_what_is_no_photo_is_refused(upload: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        cleaned(upload)

    assert refused.value.field == "photo"


@pytest.mark.parametrize(
    "upload",
    [
        pytest.param(b"\xff" * (BYTES_LIMIT + 1), id="too many bytes"),
        pytest.param(photo("PNG", size=(10_000, 5_001)), id="too many pixels"),
        pytest.param(photo("PNG", size=(10_000, 9_000)), id="a picture to warn of"),
    ],
)
def test_what_is_too_large_is_refused(upload: bytes) -> None:
    with pytest.raises(PictureTooLarge):
        cleaned(upload)
