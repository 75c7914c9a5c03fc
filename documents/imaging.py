"""Checking a picture that somebody sends, and encoding it anew. Nothing of the original bytes is kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
MAX_WIDTH = 2400
# What may come in, and what it is stored as. The first frame stands for an animation.
READ = ("PNG", "JPEG", "WEBP", "GIF")
# An MPO is a JPEG with more pictures behind it, as many phones take them: it is opened as a JPEG.
STORED_AS = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP", "GIF": "PNG"}
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
SAVE_OPTIONS: dict[str, dict[str, int | bool]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 88, "optimize": True},
    "WEBP": {"quality": 88},
}


class NotAnImageError(Exception):
    """The file is no picture that can be kept. Its text is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be stored."""

    data: bytes
    content_type: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        return self.content_type.removeprefix("image/")

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def prepare(data: bytes) -> Picture:
    """Decode, turn upright, scale down to 2,400 pixels wide, drop all metadata, encode. Raises NotAnImageError."""
    _check_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _encode(_open(data))
    except Exception as error:  # whatever a decoder raises on bytes made to break it
        raise NotAnImageError(
            "This picture is damaged and cannot be opened. Save it again and choose the new file."
        ) from error


def _open(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=READ)


def _check_size(data: bytes) -> None:
    """Read only the header: a small file may claim to be a huge picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            width, height = _open(data).size
    except Image.DecompressionBombError as error:
        raise NotAnImageError(_TOO_MANY_PIXELS) from error
    except Exception as error:  # the same
        raise NotAnImageError("This file is not a picture. Choose a PNG, JPEG, WebP or GIF file.") from error
    if width * height > MAX_PIXELS:
        raise NotAnImageError(_TOO_MANY_PIXELS)


_TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Make it smaller and try again."


def _encode(original: Image.Image) -> Picture:
    stored_as = STORED_AS[original.format or ""]
    picture = ImageOps.exif_transpose(original)
    picture = picture.convert(_mode(picture, stored_as))
    if picture.width > MAX_WIDTH:
        height = max(1, round(picture.height * MAX_WIDTH / picture.width))
        picture = picture.resize((MAX_WIDTH, height), Image.Resampling.LANCZOS)
    # Pillow would write colour profiles, comments and the like back from here.
    picture.info = {}
    buffer = io.BytesIO()
    picture.save(buffer, stored_as, **SAVE_OPTIONS[stored_as])
    return Picture(buffer.getvalue(), CONTENT_TYPES[stored_as], picture.width, picture.height)


def _mode(picture: Image.Image, stored_as: str) -> str:
    if stored_as == "JPEG":
        return "L" if picture.mode == "L" else "RGB"
    return "RGBA" if picture.has_transparency_data else "RGB"
