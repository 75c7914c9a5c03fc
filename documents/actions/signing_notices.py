"""Who is told what happened to a report that is to be signed. Call these inside the transaction of the act."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.actions.notifications import notify
from accounts.models import User
from accounts.notification_scopes import scope_of
from documents.lifecycle import Notice
from documents.models import Report, RequiredSeat
from documents.notification_scopes import REPORT
from documents.sign_off import signatures
from partnerships.models import Organisation, SeatHolder
from partnerships.seating import covers


def ask(report: Report, seats: Iterable[RequiredSeat], *, by: User, organisation: Organisation | None = None) -> None:
    """Ask those who hold these seats today, and their deputies where nobody holds one."""
    _tell(report, signatories(seats), Notice.ASKED, organisation, by)


def signatories(seats: Iterable[RequiredSeat]) -> list[User]:
    """Who is asked to sign for these seats; somebody who holds several stands there for each."""
    return [person for seat in seats for person in _asked(seat)]


def tell_voided(report: Report, people: Iterable[User], *, by: User) -> None:
    """Tell those whose signatures have ended."""
    _tell(report, people, Notice.VOIDED, None, by)


def tell(report: Report, notice: Notice, *, by: User, organisation: Organisation | None) -> None:
    """Tell everybody who may open the report."""
    _tell(report, User.objects.filter(pk__in=signatures.readers(report)), notice, organisation, by)


def _asked(seat: RequiredSeat) -> list[User]:
    today = timezone.localdate()
    present = [one for one in SeatHolder.objects.select_related("user").filter(seat=seat.seat_id) if covers(one, today)]
    holders = [one.user for one in present if not one.is_deputy]
    return holders or [one.user for one in present]


def _tell(report: Report, people: Iterable[User], notice: Notice, organisation: Organisation | None, by: User) -> None:
    url = reverse("report_sign_off", args=[report.pk])
    notify(people, notice, url=url, scope=scope_of(REPORT, report.pk), organisation=organisation, by=by)
