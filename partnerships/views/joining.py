"""The door: what somebody sees who opens the link of an invitation.

Nothing is named to those who hold no open invitation: a used, an expired, a withdrawn and an invented link look the same.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import single_sign_on
from accounts.actions import users
from accounts.models import User
from partnerships import policies
from partnerships.access import open_invitation
from partnerships.actions import invitations
from partnerships.forms import AgreeForm, NewPersonForm
from partnerships.models import Invitation
from partnerships.views.addresses import page_of
from partnerships.views.messages import attempt_form, status_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: as the person signed in, as somebody new, or after signing in."""
    found = open_invitation(token)
    if found is None:
        return _closed(request)
    if isinstance(request.user, User):
        return _as_signed_in(request, request.user, found)
    if (owner := User.objects.filter(email__iexact=found.email).first()) is not None:
        page = "sign_in" if owner.is_active else "deactivated"
        return render(request, f"partnerships/invitation_{page}.html", {"invitation": found})
    return _as_new(request, found)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline an invitation, after asking."""
    found = open_invitation(token)
    if found is None:
        return _closed(request)
    if isinstance(request.user, User) and not _is_for(request.user, found):
        return _for_another(request)
    if request.method == "POST":
        try:
            invitations.decline(found)
        except ValidationError:
            return _closed(request)
        return render(request, "partnerships/invitation_declined.html")
    return render(request, "partnerships/invitation_decline.html", {"token": token})


def _as_signed_in(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    if not _is_for(user, found):
        return _for_another(request)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: invitations.accept(found, user=user)):
        messages.success(request, f"You belong to {found.organisation.name} now.")
        return redirect(page_of(found.organisation))
    return _show(request, found, form)


def _as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    provider = single_sign_on.provider_of(found.organisation.slug)
    # A link, not a form: the page's policy lets the answer to a form lead nowhere else.
    if provider and request.GET.get("with") == "organisation":
        return redirect(single_sign_on.begin(request, provider, invitation=str(found.pk)))
    form = NewPersonForm(request.POST or None, email=found.email)
    made: list[User] = []
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: made.append(_make(form, found))):
        return users.sign_in(request, made[0])
    return _show(request, found, form, provider=provider)


def _make(form: NewPersonForm, found: Invitation) -> User:
    data = form.cleaned_data
    return invitations.accept_as_new(found, full_name=data["full_name"], password=data["password"])


def _show(
    request: HttpRequest, found: Invitation, form: AgreeForm, provider: single_sign_on.Provider | None = None
) -> HttpResponse:
    """The question; or, where somebody was quicker with the same link, that it is closed."""
    if policies.CLOSED in form.non_field_errors():
        return _closed(request)
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    context = {"invitation": found, "form": form, "provider": provider, "token": token}
    return render(request, "partnerships/invitation.html", context, status=status_of(form))


def _is_for(user: User, found: Invitation) -> bool:
    return user.email.lower() == found.email


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "partnerships/invitation_closed.html", status=404)


def _for_another(request: HttpRequest) -> HttpResponse:
    return render(request, "partnerships/invitation_for_another.html", status=403)
