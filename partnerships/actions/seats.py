"""Seats of a partnership: which there are, who holds each, who stands in. Only its own administrators change them.

Which seats sign a version is fixed when it is frozen. Who holds them may change at any time: `hooks.on_holders_changed`.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from partnerships import hooks
from partnerships.models import Organisation, Seat, SeatHolder
from partnerships.seating import agencies_of, could_hold

NAME_MAX = 120


@transaction.atomic
def add(partnership: Organisation, *, name: str, by: User, agency: Organisation | None = None) -> Seat:
    """Add a seat after the others. It signs what is frozen from now on."""
    _lock(partnership)
    if not partnership.is_partnership:
        raise ValidationError("Only partnerships sign. An agency signs in the seats of its partnerships.")
    if agency is not None and agency not in agencies_of(partnership):
        raise ValidationError({"agency": f"{agency.name} does not work in {partnership.name}."})
    last = _present(partnership).aggregate(last=Max("position"))["last"]
    seat = Seat.objects.create(
        partnership=partnership,
        name=_clean_name(partnership, name),
        agency=agency,
        position=0 if last is None else last + 1,
        created_by=by,
    )
    _record("seat.added", seat, by=by)
    for hook in hooks.on_seat_added:
        hook(seat, by)
    return seat


@transaction.atomic
def rename(seat: Seat, *, name: str, by: User) -> None:
    """Change what a seat is called. Versions that are out keep the name that they were frozen with."""
    _lock_and_read(seat)
    name = _clean_name(seat.partnership, name, besides=seat)
    if name != seat.name:
        seat.name = name
        seat.save(update_fields=["name"])
        _record("seat.renamed", seat, by=by)


@transaction.atomic
def move_up(seat: Seat, *, by: User) -> None:
    """Let a seat be listed before the one that is now above it. Nothing where it is the first."""
    _lock_and_read(seat)
    order = list(_present(seat.partnership))
    index = order.index(seat)
    if index == 0:
        return
    order[index - 1], order[index] = order[index], order[index - 1]
    for position, one in enumerate(order):
        Seat.objects.filter(pk=one.pk).update(position=position)
    _record("seat.moved", seat, by=by)


@transaction.atomic
def end(seat: Seat, *, by: User) -> None:
    """Ask this seat no more. Refused while a version that is out for signature needs it."""
    _lock_and_read(seat)
    if any(asked(seat) for asked in hooks.seat_is_asked):
        raise ValidationError(
            f"{seat.name} has been asked to sign something, so it cannot be ended now. You can change who holds it. "
            "It can be ended once everybody has signed, or the report is being written again."
        )
    seat.ended_at, seat.ended_by = timezone.now(), by
    seat.save(update_fields=["ended_at", "ended_by"])
    _record("seat.ended", seat, by=by)


@transaction.atomic
def appoint(
    seat: Seat, *, user: User, by: User, valid_from: date, valid_to: date | None = None, is_deputy: bool = False
) -> SeatHolder:
    """Let somebody hold a seat, or stand in, from a day to a day. A holder before them holds it until the day before."""
    _lock_and_read(seat)
    if user not in could_hold(seat):
        where = f" or {seat.agency.name}" if seat.agency else ""
        raise ValidationError({"user": f"Choose somebody who works for {seat.partnership.name}{where}."})
    _check_days(valid_from, valid_to)
    if not is_deputy:
        _make_room(seat, valid_from, valid_to, by=by)
    _check_once(seat, user, valid_from, valid_to)
    holder = SeatHolder.objects.create(seat=seat, user=user, is_deputy=is_deputy, valid_from=valid_from, valid_to=valid_to)
    _record("seat.appointed", seat, by=by, person=str(user.pk), deputy=is_deputy, **_days(valid_from, valid_to))
    _holders_changed(seat, by)
    return holder


@transaction.atomic
def change_days(holder: SeatHolder, *, valid_from: date, valid_to: date | None, by: User) -> None:
    """Correct from when to when somebody holds a seat or stands in."""
    _lock_and_read_holder(holder)
    _check_days(valid_from, valid_to)
    if not holder.is_deputy and _holders(holder.seat, valid_from, valid_to).exclude(pk=holder.pk).exists():
        raise ValidationError("Somebody else holds this seat on some of these days. Change their days first.")
    _check_once(holder.seat, holder.user, valid_from, valid_to, besides=holder)
    holder.valid_from, holder.valid_to = valid_from, valid_to
    holder.save(update_fields=["valid_from", "valid_to"])
    _record("seat.days_changed", holder.seat, by=by, person=str(holder.user_id), **_days(valid_from, valid_to))
    _holders_changed(holder.seat, by)


@transaction.atomic
def remove(holder: SeatHolder, *, by: User) -> None:
    """Take back an appointment that was a mistake, as if it had never been. Who leaves gets a last day instead."""
    _lock_and_read_holder(holder)
    seat, person = holder.seat, str(holder.user_id)
    holder.delete()
    _record("seat.appointment_removed", seat, by=by, person=person)
    _holders_changed(seat, by)


def _make_room(seat: Seat, start: date, until: date | None, *, by: User) -> None:
    """End the holder before on the day before; refuse where one begins later, for that is not for us to change."""
    for other in _holders(seat, start, until):
        if other.valid_from >= start:
            raise ValidationError(
                f"{other.user.full_name} holds this seat on some of these days. Change their days first, or choose others."
            )
        other.valid_to = start - timedelta(days=1)
        other.save(update_fields=["valid_to"])
        days = _days(other.valid_from, other.valid_to)
        _record("seat.days_changed", seat, by=by, person=str(other.user_id), **days)


def _holders(seat: Seat, start: date, until: date | None) -> Any:
    """Holders (not deputies) on any of these days."""
    held = SeatHolder.objects.select_related("user").filter(seat=seat, is_deputy=False)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=start))
    return held if until is None else held.filter(valid_from__lte=until)


def _check_once(seat: Seat, user: User, start: date, until: date | None, besides: SeatHolder | None = None) -> None:
    held = SeatHolder.objects.filter(seat=seat, user=user).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=start))
    held = held if until is None else held.filter(valid_from__lte=until)
    if any(one != besides for one in held):
        raise ValidationError(f"{user.full_name} already has a place in this seat on some of these days.")


def _check_days(start: date, until: date | None) -> None:
    if until is not None and until < start:
        raise ValidationError({"valid_to": "The last day comes before the first one."})


def _clean_name(partnership: Organisation, name: str, besides: Seat | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter what the seat is called, such as “Council” or “Independent chair”."})
    if len(name) > NAME_MAX:
        raise ValidationError({"name": f"The name must be {NAME_MAX} characters or fewer. It has {len(name)}."})
    same = _present(partnership).filter(name__iexact=name)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise ValidationError({"name": f"{partnership.name} already has a seat called “{name}”."})
    return name


def _present(partnership: Organisation) -> Any:
    return Seat.objects.filter(partnership=partnership, ended_at__isnull=True)


def _lock(partnership: Organisation) -> None:
    Organisation.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def _lock_and_read(seat: Seat) -> None:
    """One change at a time to the seats of a partnership. A version may be frozen meanwhile: it only refers to them."""
    _lock(seat.partnership)
    seat.refresh_from_db(from_queryset=Seat.objects.select_related("partnership", "agency"))
    if seat.ended_at is not None:
        raise ValidationError("This seat has ended, so nothing of it can be changed.")


def _lock_and_read_holder(holder: SeatHolder) -> None:
    _lock_and_read(holder.seat)
    try:
        holder.refresh_from_db(from_queryset=SeatHolder.objects.select_related("seat__partnership", "seat__agency", "user"))
    except SeatHolder.DoesNotExist as error:
        raise ValidationError("This appointment has been removed meanwhile.") from error


def _holders_changed(seat: Seat, by: User) -> None:
    for hook in hooks.on_holders_changed:
        hook(seat, by)


def _days(start: date, until: date | None) -> dict[str, str]:
    return {"from": start.isoformat(), "until": until.isoformat() if until else ""}


def _record(verb: str, seat: Seat, *, by: User, **data: Any) -> None:
    record(verb, by=by, obj=seat, organisation=seat.partnership_id, **data)
