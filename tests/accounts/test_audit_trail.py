"""What is on record: who, from where, in which request; reading as well as writing."""

from collections.abc import Callable

from django.test import Client

from accounts.models import AuditEvent, User
from tests.accounts.helpers import trail
from tests.support.cast import Cast


def test_reading_a_report_is_on_record(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client_of(cast.gwen).get(f"/reports/{cast.report.pk}/read/")

    (event,) = trail("report.read")
    assert (event.actor_id, event.actor_name) == (cast.gwen.pk, cast.gwen.full_name)
    assert (event.organisation_id, event.review_id) == (cast.south_gloucestershire.pk, cast.review.pk)
    assert event.object_id == str(cast.report.pk)
    assert event.ip_address == "127.0.0.1"


def test_what_happens_in_one_request_belongs_together(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client = client_of(cast.ned)
    client.post("/accounts/password/change/", {"oldpassword": "three-rivers-one-estuary", "password1": "a-hill-of-sheep"})

    changed, ended = trail("password.changed")[0], trail("session.all_ended")[0]
    assert changed.request_id == ended.request_id
    assert AuditEvent.objects.exclude(request_id=changed.request_id).exists()


def test_it_outlives_what_it_tells_of(cast: Cast) -> None:
    before = AuditEvent.objects.filter(actor_id=cast.rita.pk).count()

    cast.rita.memberships.all().delete()
    User.objects.filter(pk=cast.rita.pk).delete()

    assert AuditEvent.objects.filter(actor_id=cast.rita.pk).count() == before
