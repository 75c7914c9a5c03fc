"""Keeping a picture that somebody sends."""

from pathlib import Path

from django.core.files.storage import default_storage

from documents.actions import images, sections
from documents.imaging import prepare
from documents.models import Image
from tests.support import states
from tests.support.cast import Cast, png
from tests.support.checks import last_event, refused


def stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def test_stores_the_file_and_what_is_known_of_it(cast: Cast) -> None:
    picture = prepare(png(30, 20))

    image = images.upload(cast.findings, picture=picture, by=cast.bella)

    assert (image.section, image.content_type, image.width, image.height) == (cast.findings, "image/png", 30, 20)
    assert image.sha256 == picture.sha256
    with default_storage.open(str(image.file.name)) as file:
        assert file.read() == picture.data
    assert str(image.pk) in str(image.file.name)


def test_is_recorded(cast: Cast) -> None:
    image = images.upload(cast.findings, picture=prepare(png()), by=cast.bella)

    event = last_event("image.uploaded")
    assert (event.actor_id, event.organisation_id, event.object_id) == (cast.bella.pk, cast.bristol.pk, str(image.pk))
    assert event.data == {"section": str(cast.findings.pk), "sha256": image.sha256}


def test_refuses_a_section_that_is_deleted_meanwhile_and_leaves_no_file(cast: Cast, files: Path) -> None:
    sections.delete(cast.findings, by=cast.amira)
    before = stored(files)

    with refused("This section has been deleted"):
        images.upload(cast.findings, picture=prepare(png()), by=cast.bella)

    assert stored(files) == before


def test_refuses_a_report_that_is_frozen_meanwhile_and_leaves_no_file(cast: Cast, files: Path) -> None:
    states.freeze(cast.report)
    before = stored(files)

    with refused("frozen for signature"):
        images.upload(cast.findings, picture=prepare(png()), by=cast.bella)

    assert stored(files) == before
    assert not Image.objects.filter(section=cast.findings).exists()
