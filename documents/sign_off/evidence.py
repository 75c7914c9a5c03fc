"""The evidence bundle of a version: one ZIP with the text, its signatures and what was recorded, which verifies offline."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.template.loader import render_to_string

from accounts.models import AuditEvent
from documents.lifecycle import TRANSITIONS
from documents.models import Disposition, Image, RequiredSeat, SignOff, Thread, Version
from documents.text.addresses import is_own_picture
from documents.text.canonical import pictures_in
from partnerships.models import Organisation

FILES = Path(__file__).parent / "evidence_files"
MANIFEST = "manifest.json"
# The verbs of the trail that are about signing.
_MOVES = tuple(one.verb for one in TRANSITIONS)
_SIGNING = ("sign_off.approved", "sign_off.declined", "sign_off.voided")


def bundle(version: Version) -> tuple[bytes, str]:
    """The ZIP, and the fingerprint of the bundle. The report must be loaded."""
    files = dict(_files(version))
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    files[MANIFEST] = _json({"files": digests})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # The same bundle twice is the same bytes: its files bear the day of the version.
            archive.writestr(zipfile.ZipInfo(name, version.created_at.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue(), hashlib.sha256(files[MANIFEST]).hexdigest()


def _files(version: Version) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", (FILES / "README.txt").read_bytes()
    yield "verify.py", (FILES / "verify.py").read_bytes()
    yield "sheet.html", _sheet(version).encode()
    yield "version/text.json", version.canonical.encode()
    yield "version/text.html", _html(version).encode()
    yield "version/facts.json", _json(_facts(version))
    yield "signatures.json", _json([_seat(seat) for seat in _seats(version)])
    yield "dispositions.json", _json([_disposition(thread) for thread in _disposed(version)])
    yield "trail.json", _json(_trail(version))
    for image in _pictures(version):
        with image.file.open("rb") as file:
            yield f"version/pictures/{_file_name(image)}", file.read()


def _facts(version: Version) -> dict[str, Any]:
    report = version.report
    is_signed = report.signed_version_id == version.pk
    return {
        "title": report.title,
        "kind": report.kind,
        "number": version.number,
        "name": version.name,
        "reason": version.reason,
        "sha256": version.sha256,
        "words": version.words,
        "frozen_at": _at(version.created_at),
        "frozen_by": version.created_by.full_name,
        "frozen_for": version.organisation.name,
        # Of the version: what the report has become since may be about another one.
        "state": report.state if is_signed else "ended",
    }


def _sheet(version: Version) -> str:
    """Who signed what when, to read."""
    context = {"version": version, "seats": list(_seats(version))}
    return render_to_string("documents/sign_off/evidence_sheet.html", context)


def _html(version: Version) -> str:
    """The text to read, its pictures beside it."""
    sections = [(one, one.html) for one in version.sections.all()]
    names = {f"/images/{image.pk}/": f"pictures/{_file_name(image)}" for image in _pictures(version)}
    for address, name in names.items():
        sections = [(one, html.replace(f'src="{address}"', f'src="{name}"')) for one, html in sections]
    return render_to_string("documents/sign_off/evidence_text.html", {"version": version, "sections": sections})


def _file_name(image: Image) -> str:
    """By its fingerprint, so that it can be checked by itself."""
    return f"{image.sha256}{Path(str(image.file.name)).suffix}"


def _pictures(version: Version) -> list[Image]:
    addresses = {address for one in version.sections.all() for address in pictures_in(one.content)}
    ids = [UUID(address.split("/")[2]) for address in addresses if is_own_picture(address)]
    return list(Image.objects.filter(pk__in=ids).order_by("sha256"))


def _seats(version: Version) -> Iterator[RequiredSeat]:
    rows = RequiredSeat.objects.filter(version=version).select_related("participant__organisation", "seat__agency")
    yield from rows.prefetch_related("decisions__signed_by", "decisions__voided_by", "decisions__organisation")


def _seat(seat: RequiredSeat) -> dict[str, Any]:
    return {
        "id": str(seat.seat_id),
        "name": seat.name,
        "partnership": seat.participant.organisation.name,
        "agency": seat.seat.agency.name if seat.seat.agency else None,
        "decisions": [_decision(one) for one in seat.decisions.all()],
    }


def _decision(one: SignOff) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "decision": one.decision,
        "note": one.note,
        "signed_at": _at(one.signed_at),
        "signed_by": one.signed_by.full_name,
        "signed_by_id": str(one.signed_by_id),
        "signed_for": one.organisation.name,
        "as_deputy": one.is_deputy,
        "voided_at": _at(one.voided_at),
        "voided_by": one.voided_by.full_name if one.voided_by else None,
        "void_reason": one.void_reason,
    }


def _disposed(version: Version) -> list[Thread]:
    """Of the version's sections, and only what everybody who has the report can see."""
    threads = Thread.objects.filter(section__in=version.sections.values("section"), only_for__isnull=True)
    threads = threads.exclude(disposition=Disposition.NONE).select_related("section", "organisation", "disposed_by")
    return list(threads.prefetch_related("comments"))


def _disposition(thread: Thread) -> dict[str, Any]:
    opening = next(iter(thread.comments.all()), None)
    return {
        "section": thread.section.title,
        "organisation": thread.organisation.name,
        "kind": thread.kind,
        "quote": thread.quote,
        "comment": opening.text if opening else "",
        "disposition": thread.disposition,
        "reason": thread.disposition_reason,
        "decided_at": _at(thread.disposed_at),
        "decided_by": thread.disposed_by.full_name if thread.disposed_by else None,
    }


def _trail(version: Version) -> list[dict[str, Any]]:
    """What is recorded of this version: without network addresses, which are nobody's business here."""
    pk = str(version.pk)
    signatures = [str(one) for one in SignOff.objects.filter(required_seat__version=version).values_list("pk", flat=True)]
    events = AuditEvent.objects.filter(
        Q(verb__in=_MOVES, object_id=str(version.report_id), data__version=pk)
        | Q(verb__in=_SIGNING, object_id__in=signatures)
        | Q(verb="version.opened", object_id=pk)
    ).order_by("pk")
    names = Organisation.objects.in_bulk({one.organisation_id for one in events if one.organisation_id})
    return [_event(one, names[one.organisation_id].name if one.organisation_id in names else None) for one in events]


def _event(event: AuditEvent, organisation: str | None) -> dict[str, Any]:
    return {
        "id": event.pk,
        "at": _at(event.at),
        "verb": event.verb,
        "actor_id": str(event.actor_id) if event.actor_id else None,
        "actor": event.actor_name,
        "organisation": organisation,
        "object_id": event.object_id,
        "data": event.data,
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode()
