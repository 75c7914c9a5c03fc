"""Pictures: sending and showing them."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from documents.access import image_for, section_for
from documents.actions import images
from documents.imaging import NotAnImageError, prepare
from documents.views.reading import record_look
from partnerships.grants import Level


@require_POST
def upload(request: AuthenticatedHttpRequest, pk: UUID) -> JsonResponse:
    """Add a picture to a section. Answers {id, src, width, height}, or {error} in words with 400, 409, 413 or 503."""
    section = section_for(request.user, pk, at_least=Level.EDIT)
    file = request.FILES.get("file")
    if file is None:
        return _refused("Choose a picture to add.", 400)
    if (file.size or 0) > settings.IMAGE_MAX_BYTES:
        return _refused(_too_big(file.size or 0), 413)
    try:
        image = images.upload(section, picture=prepare(file.read()), by=request.user)
    except NotAnImageError as error:
        return _refused(str(error), 400)
    except images.NotStoredError:
        return _refused("The picture could not be stored just now. Try again in a few minutes.", 503)
    except ValidationError as refusal:
        return _refused(" ".join(refusal.messages), 409)
    src = reverse("image", args=[image.pk])
    return JsonResponse({"id": str(image.pk), "src": src, "width": image.width, "height": image.height}, status=201)


@require_safe
def show(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A picture, to those who may read its section. The browser asks again each time, and gets 304 for what it has."""
    image = image_for(request.user, pk)
    etag = f'"{image.sha256}"'
    response = HttpResponseNotModified() if request.headers.get("If-None-Match") == etag else HttpResponse()
    if response.status_code == 200:
        record_look(request.user, image)
        with image.file.open("rb") as file:
            response.content = file.read()
        response["Content-Type"] = image.content_type
        response["Content-Disposition"] = f'inline; filename="{image.pk}.{image.content_type.removeprefix("image/")}"'
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _refused(words: str, status: int) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)


def _too_big(size: int) -> str:
    most, has = settings.IMAGE_MAX_BYTES // 1024**2, size / 1024**2
    return f"This picture has {has:.0f} MB. The most is {most} MB: make it smaller and try again."
