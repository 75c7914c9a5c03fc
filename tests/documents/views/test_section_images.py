"""Sending a picture."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Canvas

from documents.actions import sections
from documents.models import Image, Section
from tests.documents.helpers import ClientOf
from tests.support.cast import Cast, png


def send(client: Client, section: Section, data: bytes, name: str = "photo.png", kind: str = "image/png"):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(name, data, content_type=kind)
    return client.post(reverse("section_images", args=[section.pk]), {"file": file})


def test_answers_where_the_picture_is(cast: Cast, client_of: ClientOf) -> None:
    answer = send(client_of(cast.bella), cast.findings, png(30, 20))

    image = Image.objects.get(section=cast.findings)
    assert answer.status_code == 201
    assert answer.json() == {"id": str(image.pk), "src": f"/images/{image.pk}/", "width": 30, "height": 20}
    assert image.uploaded_by == cast.bella


def test_keeps_nothing_of_the_name_or_the_notes_in_the_file(cast: Cast, client_of: ClientOf, files: Path) -> None:
    exif = Canvas.Exif()
    exif[0x010E] = "taken at 12 Hill Road"
    buffer = BytesIO()
    Canvas.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)

    send(client_of(cast.bella), cast.findings, buffer.getvalue(), "../../Hill Road.jpg", "image/jpeg")

    name = str(Image.objects.get(section=cast.findings).file.name)
    assert b"Hill Road" not in (files / name).read_bytes()
    assert "Hill" not in name


def test_a_file_without_a_picture_is_asked_for_again(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(reverse("section_images", args=[cast.findings.pk]))

    assert (answer.status_code, answer.json()) == (400, {"error": "Choose a picture to add."})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "image/png"),
        (b"hello", "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
        (b"%PDF-1.7", "application/pdf"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_says_it_is(
    cast: Cast, client_of: ClientOf, data: bytes, kind: str
) -> None:
    answer = send(client_of(cast.bella), cast.findings, data, kind=kind)

    assert answer.status_code == 400
    assert answer.json()["error"] == "This file is not a picture. Choose a PNG, JPEG, WebP or GIF file."
    assert not Image.objects.filter(section=cast.findings).exists()


def test_twenty_megabytes_are_too_much(cast: Cast, client_of: ClientOf, files: Path) -> None:
    before = list(files.rglob("*"))

    answer = send(client_of(cast.bella), cast.findings, png() + bytes(20 * 1024 * 1024))

    assert answer.status_code == 413
    assert answer.json() == {"error": "This picture has 20 MB. The most is 10 MB: make it smaller and try again."}
    assert list(files.rglob("*")) == before


def test_the_most_that_is_allowed_is_allowed(cast: Cast, client_of: ClientOf, settings: LazySettings) -> None:
    settings.IMAGE_MAX_BYTES = len(png())

    assert send(client_of(cast.bella), cast.findings, png()).status_code == 201


def test_a_small_file_that_claims_to_be_a_huge_picture_is_refused(cast: Cast, client_of: ClientOf) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))

    answer = send(client_of(cast.bella), cast.findings, bomb)

    assert answer.status_code == 400


def test_whoever_may_not_write_there_sends_nothing(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.gwen, cast.piet, cast.bo, cast.nora):
        assert send(client_of(person), cast.findings, png()).status_code == 403
    assert send(client_of(cast.olive), cast.findings, png()).status_code == 404
    assert not Image.objects.filter(section=cast.findings).exists()


def test_a_deleted_section_takes_no_pictures(cast: Cast, client_of: ClientOf) -> None:
    sections.delete(cast.findings, by=cast.amira)

    assert send(client_of(cast.bella), cast.findings, png()).status_code == 404


def test_a_form_from_another_site_sends_nothing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)
    client.handler.enforce_csrf_checks = True

    assert send(client, cast.findings, png()).status_code == 403
