"""Pictures on an S3 server that checks every signature, in the place of the local folder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import images
from documents.imaging import prepare
from documents.models import Image
from tests.documents.helpers import ClientOf
from tests.support import states
from tests.support.cast import Cast, png
from tests.support.checks import refused
from tests.support.s3 import S3, running_s3

pytestmark = pytest.mark.xdist_group("s3")


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    """One server for all of these."""
    with running_s3() as server:
        yield server


@pytest.fixture
def on_s3(cast: Cast, s3: S3, settings: LazySettings) -> S3:
    """The portal keeps what is uploaded from now on there."""
    settings.STORAGES = settings.STORAGES | {"default": s3.storage()}
    return s3


def keys(s3: S3) -> set[str]:
    return {item["Key"] for item in s3.client().list_objects_v2(Bucket=s3.bucket).get("Contents", [])}


def send(cast: Cast, client_of: ClientOf) -> Image:
    file = SimpleUploadedFile("photo.png", png(30, 20), content_type="image/png")
    answer = client_of(cast.bella).post(reverse("section_images", args=[cast.findings.pk]), {"file": file})
    assert answer.status_code == 201
    return Image.objects.get(pk=answer.json()["id"])


def test_a_picture_goes_there_and_comes_back_through_the_portal(cast: Cast, client_of: ClientOf, on_s3: S3) -> None:
    image = send(cast, client_of)

    answer = client_of(cast.gwen).get(reverse("image", args=[image.pk]))

    assert image.file.name in keys(on_s3)
    assert answer.content == on_s3.client().get_object(Bucket=on_s3.bucket, Key=image.file.name)["Body"].read()
    assert answer.content.startswith(b"\x89PNG")


def test_the_server_is_never_named_to_browsers(cast: Cast, client_of: ClientOf, on_s3: S3) -> None:
    image = send(cast, client_of)

    answer = client_of(cast.gwen).get(reverse("image", args=[image.pk]))

    assert on_s3.endpoint not in str(answer.headers)
    assert answer.status_code == 200


def test_nobody_gets_it_from_there_without_a_signature(cast: Cast, client_of: ClientOf, on_s3: S3) -> None:
    image = send(cast, client_of)

    with pytest.raises(OSError, match="403"):
        urlopen(Request(f"{on_s3.endpoint}/{on_s3.bucket}/{image.file.name}"))  # noqa: S310  # our own server


def test_a_wrong_secret_is_refused(on_s3: S3) -> None:
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        on_s3.client(secret_key="guessed").list_objects_v2(Bucket=on_s3.bucket)


def test_a_portal_with_a_wrong_secret_stores_nothing_and_says_that_it_failed(
    cast: Cast, client_of: ClientOf, s3: S3, settings: LazySettings
) -> None:
    settings.STORAGES = settings.STORAGES | {"default": s3.storage(secret_key="guessed")}
    client = client_of(cast.bella)
    client.raise_request_exception = False
    before = keys(s3)

    file = SimpleUploadedFile("photo.png", png(), content_type="image/png")
    answer = client.post(reverse("section_images", args=[cast.findings.pk]), {"file": file})

    assert answer.status_code == 503
    assert answer.json() == {"error": "The picture could not be stored just now. Try again in a few minutes."}
    assert not Image.objects.filter(section=cast.findings).exists()
    assert keys(s3) == before


def test_a_refusal_leaves_no_file_there(cast: Cast, on_s3: S3) -> None:
    states.freeze(cast.report)
    before = keys(on_s3)

    with refused("frozen for signature"):
        images.upload(cast.findings, picture=prepare(png()), by=cast.bella)

    assert keys(on_s3) == before


def test_two_files_of_one_name_do_not_overwrite_each_other(on_s3: S3) -> None:
    names = {default_storage.save("images/same.png", SimpleUploadedFile("x", data)) for data in (b"1", b"2")}

    assert len(names) == 2
    assert names <= keys(on_s3)


def test_the_environment_alone_moves_a_portal_to_s3(s3: S3) -> None:
    program = (
        "import django; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage\n"
        "print(default_storage.save('images/from-settings.png', ContentFile(b'1')))\n"
    )
    environment = os.environ | s3.environment() | {"DJANGO_SETTINGS_MODULE": "portal.settings"}

    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "images/from-settings.png", done.stderr
    assert "images/from-settings.png" in keys(s3)
