"""Pictures in a section."""

import logging
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import audit
from accounts.models import User
from documents.actions.locks import lock_section
from documents.actions.trail import organisation_of
from documents.imaging import Picture
from documents.models import Image, Section

logger = logging.getLogger(__name__)


class NotStoredError(Exception):
    """The place where files are kept did not take it: a full disk, an S3 server that is away or refuses the key."""


def upload(section: Section, *, picture: Picture, by: User) -> Image:
    """Store a prepared picture. The file is written first, and taken away again where its row cannot be written."""
    image = Image(
        id=uuid4(),
        section=section,
        content_type=picture.content_type,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        uploaded_by=by,
    )
    image.file.name = _store(f"images/{image.pk}.{picture.extension}", picture.data)
    try:
        _insert(image, by)
    except Exception:
        default_storage.delete(image.file.name)
        raise
    return image


def _store(name: str, data: bytes) -> str:
    try:
        return str(default_storage.save(name, ContentFile(data)))
    except Exception as error:  # each kind of storage raises its own
        logger.exception("a picture could not be stored")
        raise NotStoredError from error


@transaction.atomic
def _insert(image: Image, by: User) -> None:
    lock_section(image.section)
    image.save(force_insert=True)
    audit.record(
        "image.uploaded",
        by=by,
        obj=image,
        organisation=organisation_of(by, image.section),
        review=image.section.report.review_id,
        section=str(image.section_id),
        sha256=image.sha256,
    )
