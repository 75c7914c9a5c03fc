"""`manage.py verify_version`: whoever has changed anything in a version is found out."""

from collections.abc import Callable, Iterator
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import append_only
from documents import section_text
from documents.actions import images
from documents.imaging import prepare
from documents.models import Image, Version, VersionSection
from documents.text.building import build_update
from tests.documents.helpers import write
from tests.documents.versions_helpers import freeze, milestone
from tests.support.cast import Cast, png


@pytest.fixture
def _unprotected(db: None) -> Iterator[None]:
    """Somebody who owns the database takes the triggers away."""
    append_only.remove(connection)
    yield
    append_only.install(connection)


def verify(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("verify_version", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def with_a_picture(cast: Cast) -> Image:
    picture = images.upload(cast.introduction, picture=prepare(png()), by=cast.ned)
    attributes = {"src": f"/images/{picture.pk}/", "alt": "A map", "width": 4, "height": 3}
    document = {"type": "doc", "content": [{"type": "image", "attrs": attributes}, {"type": "paragraph"}]}
    update = build_update(document)
    section_text.append(cast.introduction, update, author=cast.ned, organisation=cast.north_somerset)
    return picture


def test_what_was_made_is_what_is_there(cast: Cast) -> None:
    with_a_picture(cast)
    write(cast.findings, "Nobody brought it together.", by=cast.bella)
    version = milestone(cast)

    assert verify(str(version.pk)).endswith(f"{version.sha256}\nWhat was made is what is there.\n")
    assert version.sha256 in verify("--all")


CHANGES: dict[str, tuple[Callable[[Version], object], str]] = {
    "another fingerprint": (
        lambda version: Version.objects.filter(pk=version.pk).update(sha256="0" * 64),
        "Its fingerprint is not that of its canonical form.",
    ),
    "another canonical form": (
        lambda version: Version.objects.filter(pk=version.pk).update(canonical=version.canonical.replace("Nobody", "All")),
        "Its canonical form is not that of its sections.",
    ),
    "no canonical form": (
        lambda version: Version.objects.filter(pk=version.pk).update(canonical="{"),
        "Its canonical form is no JSON.",
    ),
    "another title": (
        lambda version: VersionSection.objects.filter(title="Findings").update(title="Praise"),
        "The fingerprint of section 2 is not that of its text.",
    ),
    "other words on the page": (
        lambda version: VersionSection.objects.filter(title="Findings").update(html="<p>All was well.</p>"),
        "Section 2 shows other words than its text has.",
    ),
    "a section taken out": (
        lambda version: VersionSection.objects.filter(title="Findings").delete(),
        "Its canonical form is not that of its sections.",
    ),
}


@pytest.mark.usefixtures("_unprotected")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found_out(cast: Cast, change: str) -> None:
    version = freeze(cast)
    act, sentence = CHANGES[change]
    act(version)

    said = verify("--all")

    assert sentence in said
    assert said.endswith("1 version is not as made.")


def test_a_picture_whose_file_was_exchanged_is_found_out(cast: Cast) -> None:
    picture = with_a_picture(cast)
    version = milestone(cast)
    default_storage.delete(str(picture.file.name))
    default_storage.save(picture.file.name, ContentFile(png(8, 8)))

    assert f"The file of the picture {picture.pk} is another one than it was." in verify(str(version.pk))


def test_a_picture_that_is_gone_is_found_out(cast: Cast) -> None:
    picture = with_a_picture(cast)
    version = milestone(cast)
    default_storage.delete(str(picture.file.name))

    assert f"The picture {picture.pk} cannot be read." in verify(str(version.pk))


@pytest.mark.usefixtures("db")
def test_it_says_what_it_needs() -> None:
    assert verify() == "Name one version by its id, or say --all."
    assert verify("--all", str(uuid4())) == "Name one version by its id, or say --all."
    assert verify("--all") == "There are no versions yet.\n"
    assert "There is no version" in verify(str(uuid4()))
