"""The page of one's own organisation, and what happened in its name."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import organisation_trail
from accounts.http import AuthenticatedHttpRequest
from accounts.second_step import enrolled
from partnerships import presenters
from partnerships.access import own_administration, own_organisation
from partnerships.models import Affiliation, Invitation, Organisation
from partnerships.paging import leaf
from partnerships.people import active_admins, members, memberships_of
from partnerships.views.addresses import page_of

PAGE = 50
# The databases differ on where rows without an end come.
_LATEST = F("valid_to").desc(nulls_first=True)


@require_safe
def organisation(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's organisation: its administrators; for them also its people and invitations."""
    own = own_organisation(request.user, request.GET.get("of", ""))
    context = {
        "membership": own,
        "organisation": own.organisation,
        "admins": active_admins(own.organisation),
        "affiliations": _affiliations(own.organisation),
        "others": [one.organisation for one in memberships_of(request.user) if one.pk != own.pk],
        "nav": "organisation",
    }
    if own.is_admin:
        context |= _managed(own.organisation)
    return render(request, "partnerships/organisation.html", context)


@require_safe
def history(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The audit trail of one's own organisation, for its administrators."""
    own = own_administration(request.user, request.GET.get("of", ""))
    people = members(own.organisation).values_list("user_id", flat=True)
    page = leaf(organisation_trail(own.organisation_id, people=list(people)), request.GET.get("page"), size=PAGE)
    context = {
        "organisation": own.organisation,
        "page": page,
        "lines": presenters.lines(page.rows),
        "back": page_of(own.organisation),
        "nav": "organisation",
    }
    return render(request, "partnerships/history.html", context)


def _managed(own: Organisation) -> dict[str, object]:
    people = list(members(own))
    with_step = enrolled([person.user_id for person in people])
    rows = [(person, person.user_id in with_step) for person in people]
    return {
        "rows": rows,
        "without_step": sum(not has_step for person, has_step in rows if person.user.is_active),
        "invitations": Invitation.objects.filter(organisation=own, accepted_at=None, declined_at=None, revoked_at=None),
        "now": timezone.now(),
    }


def _affiliations(own: Organisation) -> list[tuple[Organisation, Affiliation]]:
    """The other side of each, with the present ones first."""
    if own.is_partnership:
        rows = own.agency_affiliations.select_related("agency").order_by(_LATEST, "agency__name")
        return [(row.agency, row) for row in rows]
    rows = own.partnership_affiliations.select_related("partnership").order_by(_LATEST, "partnership__name")
    return [(row.partnership, row) for row in rows]
