"""Organisations and their affiliations. There is no page for this: the people who run the portal do it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit import record
from accounts.models import User
from partnerships.models import Affiliation, Organisation, OrganisationColour, OrganisationKind


@transaction.atomic
def create(
    *,
    slug: str,
    kind: OrganisationKind,
    name: str,
    short_name: str,
    initials: str,
    colour: OrganisationColour = OrganisationColour.AGENCY,
    sector: str = "",
    area: str = "",
    former_names: list[dict[str, str]] | None = None,
    by: User | None = None,
) -> Organisation:
    """Make a partnership or an agency. `former_names` as in `Organisation.former_names`."""
    organisation = Organisation.objects.create(
        slug=slug,
        kind=kind,
        name=name,
        short_name=short_name,
        initials=initials,
        colour=colour,
        sector=sector,
        area=area,
        former_names=former_names or [],
    )
    record("organisation.created", by=by, obj=organisation, organisation=organisation.pk, kind=kind)
    return organisation


@transaction.atomic
def affiliate(
    *, partnership: Organisation, agency: Organisation, statutory: bool, valid_from: date, by: User | None = None
) -> Affiliation:
    """Say that an agency works in a partnership from a day on."""
    if not partnership.is_partnership or agency.is_partnership:
        raise ValidationError("An affiliation joins an agency to a partnership.")
    affiliation = Affiliation.objects.create(
        partnership=partnership, agency=agency, statutory=statutory, valid_from=valid_from
    )
    _record("affiliation.added", affiliation, by=by)
    return affiliation


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, valid_to: date, by: User | None = None) -> None:
    """Say on which day an agency works in a partnership for the last time.

    Access stays as it is: an agency takes part in a review in its own right, until it leaves that review.
    """
    if valid_to < affiliation.valid_from:
        raise ValidationError("An affiliation cannot end before it began.")
    affiliation.valid_to = valid_to
    affiliation.save(update_fields=["valid_to"])
    _record("affiliation.ended", affiliation, by=by)


def _record(verb: str, affiliation: Affiliation, *, by: User | None) -> None:
    """One row in the trail of each of the two."""
    agency, partnership = affiliation.agency_id, affiliation.partnership_id
    for organisation in (agency, partnership):
        record(verb, by=by, obj=affiliation, organisation=organisation, agency=str(agency), partnership=str(partnership))
