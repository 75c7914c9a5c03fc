"""Who signs for a partnership: pages for its own administrators."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from partnerships.access import managed_holder_for, managed_seat_for, own_partnership
from partnerships.actions import seats
from partnerships.models import Organisation, SeatHolder
from partnerships.seat_forms import AppointForm, DaysForm, SeatForm, SeatNameForm
from partnerships.seating import agencies_of, could_hold, present_seats, seatings
from partnerships.views.addresses import page_of
from partnerships.views.messages import attempt, attempt_form, status_of


@require_safe
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The seats of one's own partnership, with everybody who holds, held or will hold them."""
    own = own_partnership(request.user, request.GET.get("of", "")).organisation
    rows = seatings(present_seats([own]))
    context = {"organisation": own, "rows": rows, "today": timezone.localdate(), "nav": "organisation"}
    return render(request, "partnerships/seats.html", context | {"back": page_of(own)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a seat."""
    own = own_partnership(request.user, request.GET.get("of", "")).organisation
    form = SeatForm(request.POST or None, agencies=agencies_of(own))
    if _accepted(request, form, lambda: seats.add(own, **form.cleaned_data, by=request.user)):
        messages.success(request, "The seat has been added. Now say who holds it.")
        return redirect(page_of(own, "seats"))
    return _form(request, form, own, "Add a seat")


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change what a seat is called."""
    seat = managed_seat_for(request.user, pk)
    form = SeatNameForm(request.POST or None, initial={"name": seat.name})
    if _accepted(request, form, lambda: seats.rename(seat, name=form.cleaned_data["name"], by=request.user)):
        messages.success(request, "The seat has its new name.")
        return redirect(page_of(seat.partnership, "seats"))
    return _form(request, form, seat.partnership, f"Rename the seat “{seat.name}”")


@require_POST
def move_up(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """List a seat before the one above it."""
    seat = managed_seat_for(request.user, pk)
    attempt(request, lambda: seats.move_up(seat, by=request.user), done=f"“{seat.name}” has moved up.")
    return redirect(page_of(seat.partnership, "seats"))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ask a seat no more, after asking."""
    seat = managed_seat_for(request.user, pk)
    if request.method == "POST":
        attempt(request, lambda: seats.end(seat, by=request.user), done=f"The seat “{seat.name}” has ended.")
        return redirect(page_of(seat.partnership, "seats"))
    context = {"seat": seat, "back": page_of(seat.partnership, "seats"), "nav": "organisation"}
    return render(request, "partnerships/seat_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say who holds a seat, or stands in for its holder."""
    seat = managed_seat_for(request.user, pk)
    form = AppointForm(request.POST or None, people=could_hold(seat))
    if _accepted(request, form, lambda: seats.appoint(seat, **form.appointment(), by=request.user)):
        messages.success(request, f"{form.cleaned_data['user'].full_name} has a place in the seat “{seat.name}”.")
        return redirect(page_of(seat.partnership, "seats"))
    return _form(request, form, seat.partnership, f"Who signs in the seat “{seat.name}”?")


@require_http_methods(["GET", "HEAD", "POST"])
def change_days(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change from when to when somebody holds a seat or stands in."""
    holder = managed_holder_for(request.user, pk)
    initial = {"valid_from": holder.valid_from, "valid_to": holder.valid_to}
    form = DaysForm(request.POST or None, initial=initial)
    if _accepted(request, form, lambda: seats.change_days(holder, **form.cleaned_data, by=request.user)):
        messages.success(request, "The days have been changed.")
        return redirect(page_of(holder.seat.partnership, "seats"))
    return _form(request, form, holder.seat.partnership, f"When does {holder.user.full_name} sign for {holder.seat.name}?")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take back an appointment that was a mistake, after asking."""
    holder = managed_holder_for(request.user, pk)
    if request.method == "POST":
        attempt(request, lambda: seats.remove(holder, by=request.user), done=_removed(holder))
        return redirect(page_of(holder.seat.partnership, "seats"))
    context = {"holder": holder, "back": page_of(holder.seat.partnership, "seats"), "nav": "organisation"}
    return render(request, "partnerships/seat_holder_remove.html", context)


def _accepted(request: AuthenticatedHttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was sent, is complete, and what it asks for has been done."""
    return request.method == "POST" and form.is_valid() and attempt_form(form, act)


def _removed(holder: SeatHolder) -> str:
    return f"The appointment of {holder.user.full_name} has been taken back, as if it had never been."


def _form(request: AuthenticatedHttpRequest, form: forms.Form, own: Organisation, heading: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "heading": heading, "organisation": own, "nav": "organisation"}
    context["back"] = page_of(own, "seats")
    return render(request, "partnerships/seat_form.html", context, status=status_of(form))
