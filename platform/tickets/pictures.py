"""Photos as they are kept: re-encoded, upright, and without what the camera knew.

A picture is opened by nobody but Pillow, and only what Pillow wrote is ever served:
no polyglot file, no position of somebody's kitchen, reaches a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from townline.errors import Invalid

# A phone's picture has 3 to 8 MB; ten let the largest through.
BYTES_LIMIT = 10 * 1024 * 1024
# The largest phone cameras have 200 megapixels, and send 50 unless told otherwise.
PIXELS_LIMIT = 50_000_000
# Enough to read a plate on a hydrant, and a quarter of a megabyte on a bad line.
LONGEST_EDGE = 2048
QUALITY = 85

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


class NotAPicture(Invalid):
    """Send a photo as JPEG, PNG or WebP; this file could not be read as one."""


class PictureTooLarge(Invalid):
    """Send a smaller photo: at most 10 MB and 50 megapixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    media_type: str
    body: bytes

    @property
    def digest(self) -> bytes:
        return sha256(self.body).digest()


def cleaned(upload: bytes) -> Picture:
    if len(upload) > BYTES_LIMIT:
        raise PictureTooLarge(field="photo")
    with _opened(upload) as image:
        # Many phones write JPEGs of several frames, which Pillow calls MPO.
        kind = str(image.format).replace("MPO", "JPEG")
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        return Picture(MEDIA_TYPES[kind], _encoded(upright, kind))


@contextmanager
def _opened(upload: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(upload), formats=tuple(MEDIA_TYPES)) as image:
            if image.width * image.height > PIXELS_LIMIT:
                raise PictureTooLarge(field="photo")
            yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise PictureTooLarge(field="photo") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise NotAPicture(field="photo") from fault


def _encoded(image: Image.Image, kind: str) -> bytes:
    """Pixels alone: a new image of the same ones carries no metadata along."""
    mode = "RGB" if kind == "JPEG" or image.mode not in {"RGBA", "LA", "P"} else "RGBA"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    written = BytesIO()
    bare.save(written, kind, quality=QUALITY)
    return written.getvalue()
