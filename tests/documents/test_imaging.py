"""Checking and re-encoding pictures."""

import contextlib
import io
import random
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from documents.imaging import MAX_WIDTH, NotAnImageError, prepare

pytestmark = pytest.mark.no_database


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("kind", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")]
)
def test_keeps_the_four_kinds(kind: str, content_type: str) -> None:
    picture = prepare(encoded(Image.new("RGB", (30, 20), "red"), kind))

    assert (picture.content_type, picture.width, picture.height) == (content_type, 30, 20)
    assert opened(picture.data).size == (30, 20)


def test_keeps_the_first_picture_of_a_phone_that_takes_several_at_once() -> None:
    several = encoded(Image.new("RGB", (30, 20)), "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])

    picture = prepare(several)

    assert (picture.content_type, picture.width) == ("image/jpeg", 30)
    assert getattr(opened(picture.data), "n_frames", 1) == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_keeps_every_kind_of_pixel(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert prepare(encoded(Image.new(mode, (9, 7)), kind)).width == 9


def test_keeps_transparency() -> None:
    assert opened(prepare(encoded(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG")).data).mode == "RGBA"


def test_scales_down_what_is_too_wide() -> None:
    picture = prepare(encoded(Image.new("RGB", (4800, 1000)), "PNG"))

    assert (picture.width, picture.height) == (MAX_WIDTH, 500)


def test_strips_all_metadata() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Bella Brookes")
    exif = Image.Exif()
    exif[0x010E] = "taken at 12 Hill Road"
    original = Image.new("RGB", (8, 8))

    kept = [
        prepare(encoded(original, "PNG", pnginfo=notes, exif=exif)).data,
        prepare(encoded(original, "JPEG", exif=exif, comment=b"Hill Road")).data,
        prepare(encoded(original, "WEBP", exif=exif)).data,
    ]

    assert not any(b"Hill Road" in data or b"Brookes" in data for data in kept)
    assert all(not opened(data).getexif() for data in kept)


def test_turns_a_picture_upright_before_it_forgets_how_it_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = prepare(encoded(Image.new("RGB", (40, 10)), "JPEG", exif=exif))

    assert (picture.width, picture.height) == (10, 40)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"GIF89a"]
)
def test_refuses_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(NotAnImageError, match="not a picture"):
        prepare(data)


def test_refuses_a_kind_that_browsers_cannot_show() -> None:
    with pytest.raises(NotAnImageError, match="not a picture"):
        prepare(encoded(Image.new("RGB", (8, 8)), "TIFF"))


def test_refuses_a_picture_that_is_cut_off() -> None:
    whole = encoded(Image.effect_noise((200, 200), 50), "PNG")

    with pytest.raises(NotAnImageError, match="damaged"):
        prepare(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_whatever_is_wrong_with_the_bytes_it_says_so_in_words(kind: str) -> None:
    whole = encoded(Image.effect_noise((40, 40), 50), kind)
    dice = random.Random(kind)  # noqa: S311

    for _ in range(100):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        with contextlib.suppress(NotAnImageError):
            prepare(bytes(broken))


@pytest.mark.parametrize("side", [7_000, 60_000])
def test_refuses_a_small_file_that_claims_to_be_a_huge_picture(side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    body = b"IDAT" + zlib.compress(b"")
    bomb += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    with pytest.raises(NotAnImageError, match="40 million pixels"):
        prepare(bomb)
