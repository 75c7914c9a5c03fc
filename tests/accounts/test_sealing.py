"""Seals: whoever has kept one can prove that no event up to it was changed, added or taken away."""

import hashlib
import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import append_only, sealing
from accounts.audit import record
from accounts.models import AuditEvent, AuditSeal
from tests.support.cast import Cast


@pytest.fixture
def _unprotected(db: None) -> Iterator[None]:
    """Somebody who owns the database takes the triggers away."""
    append_only.remove(connection)
    yield
    append_only.install(connection)


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def test_a_seal_holds_every_event_since_the_seal_before(cast: Cast) -> None:
    first = sealing.seal()
    record("test.done", by=cast.ned)
    second = sealing.seal()

    assert first is not None
    assert second is not None
    assert first.event_count == AuditEvent.objects.filter(id__lte=first.last_event_id).count()
    assert (second.first_event_id, second.event_count) == (second.last_event_id, 1)
    assert second.first_event_id > first.last_event_id


def test_without_new_events_there_is_no_new_seal(cast: Cast) -> None:
    sealing.seal()

    assert sealing.seal() is None
    assert run("seal_audit") == "Nothing to seal."


def test_anybody_can_compute_it_from_the_rows(cast: Cast) -> None:
    """As `sealing.py` says it is made, written a second time."""
    seal = sealing.seal()
    digest = hashlib.sha256(b"\n")
    for event in AuditEvent.objects.order_by("id"):
        row = {
            "id": event.id,
            "at": event.at.isoformat(timespec="microseconds"),
            "verb": event.verb,
            "actor_id": str(event.actor_id) if event.actor_id else None,
            "actor_name": event.actor_name,
            "organisation_id": str(event.organisation_id) if event.organisation_id else None,
            "review_id": str(event.review_id) if event.review_id else None,
            "object_type": event.object_type,
            "object_id": event.object_id,
            "request_id": str(event.request_id),
            "ip_address": event.ip_address,
            "data": event.data,
        }
        digest.update(json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")

    assert seal is not None
    assert seal.digest == digest.hexdigest()


@pytest.mark.usefixtures("_unprotected")
@pytest.mark.parametrize("tampering", ["changed", "taken away", "added", "made over"])
def test_tampering_is_found(cast: Cast, tampering: str) -> None:
    middle = AuditEvent.objects.order_by("id")[5]
    AuditEvent.objects.filter(pk=middle.pk + 1).delete()
    sealing.seal()
    record("test.done", by=cast.ned)
    sealing.seal()
    whole = sealing.broken_seal()

    if tampering == "changed":
        AuditEvent.objects.filter(pk=middle.pk).update(actor_name="Somebody Else")
    elif tampering == "taken away":
        AuditEvent.objects.filter(pk=middle.pk).delete()
    elif tampering == "added":
        AuditEvent.objects.create(pk=middle.pk + 1, verb="test.slipped_in")
    else:
        # The trail is changed and its seal made over to fit; the next seal does not.
        AuditEvent.objects.filter(pk=middle.pk).update(actor_name="Somebody Else")
        first = AuditSeal.objects.earliest("id")
        events = AuditEvent.objects.filter(id__lte=first.last_event_id).order_by("id")
        AuditSeal.objects.filter(pk=first.pk).update(digest=sealing._digest("", events))

    assert whole is None
    broken = sealing.broken_seal()
    assert broken is not None
    with pytest.raises(CommandError, match="is broken"):
        call_command("verify_audit")


def test_the_commands_print_the_seal_to_be_kept(cast: Cast) -> None:
    printed = run("seal_audit")

    seal = AuditSeal.objects.get()
    assert seal.digest in printed
    assert run("verify_audit") == f"All seals are whole. The last is {seal.pk} ({seal}) {seal.digest}."


def test_without_seals_verifying_says_so(db: None) -> None:
    assert run("verify_audit") == "No seals yet."
