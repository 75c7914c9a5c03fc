"""Making guardian's rows and the role groups again what the domain's tables say, piece by piece."""

from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.signals import announce_access_change
from partnerships import grants, hooks, verification
from partnerships.hooks import Truth


def everything() -> None:
    """Mend all that `verification.differences` finds. Nobody keeps an open page that the tables do not grant."""
    _places()
    for truth in hooks.truths:
        for keys in verification.pieces(truth):
            _grants(truth, keys)
        _personal(truth)


@transaction.atomic
def _places() -> None:
    wanted = verification.wanted_places()
    missing, extra = grants.role_differences(wanted)
    roles = {(principal, user): role for principal, role, user in wanted}
    differing = {(principal, user) for principal, _, user in missing | extra}
    people = User.objects.in_bulk({user for _, user in differing})
    for principal, user in sorted(differing, key=str):
        grants.create_principal(principal)
        grants.set_role(people[user], principal, roles.get((principal, user)))
    if differing:
        record("grants.repaired", by=None, kind="role groups", missing=len(missing), too_many=len(extra))
        announce_access_change(users=set(people))


@transaction.atomic
def _grants(truth: Truth, keys: list[UUID]) -> None:
    held = truth.keys().filter(pk__in=keys).select_for_update()
    levels = truth.levels([row.pk for row in held])
    principals = {principal for wanted in levels.values() for principal in wanted}
    for principal in grants.without_groups(principals):
        grants.create_principal(principal)
    missing, extra = grants.differences(truth.model, levels)
    if missing or extra:
        grants.project(truth.model, levels)
        record("grants.repaired", by=None, kind=truth.model._meta.label_lower, missing=len(missing), too_many=len(extra))
        announce_access_change(users=grants.people_in({group for group, _, _ in missing | extra}))


@transaction.atomic
def _personal(truth: Truth) -> None:
    rows = grants.personal_rows(truth.model)
    touched = set(rows.values_list("user_id", flat=True))
    if touched:
        rows.delete()
        record("grants.repaired", by=None, kind=truth.model._meta.label_lower, missing=0, too_many=len(touched))
        announce_access_change(users=touched)
