"""The audit trail in sentences. Every room registers those of its own verbs; an unknown verb is shown as its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import AuditEvent, User
from partnerships.models import Invitation, MembershipRole, Organisation, TeamRole

# Verb: what the actor did. Placeholders: person, role, before, organisation, agency, partnership, address.
_SENTENCES: dict[str, str] = {
    "affiliation.added": "recorded that {agency} works in {partnership}",
    "affiliation.ended": "recorded that the work of {agency} in {partnership} ends",
    "grants.repaired": "made access what it should be",
    "invitation.accepted": "accepted an invitation to join",
    "invitation.declined": "declined the invitation sent to {address}",
    "invitation.revoked": "withdrew the invitation to {address}",
    "invitation.sent": "invited {address} as {role}",
    "invitation.sent_again": "sent a new invitation to {address}",
    "mail.chosen": "chose which e-mails to get",
    "mail.unsubscribed": "stopped e-mails to {person} by the link in one of them",
    "membership.added": "joined as {role}",
    "membership.deactivated": "deactivated {person}",
    "membership.ended": "ended the membership of {person}",
    "membership.reactivated": "reactivated {person}",
    "membership.role_changed": "changed the role of {person} from {before} to {role}",
    "membership.second_step_reset": "took away the second sign-in step of {person}",
    "organisation.created": "set up {organisation}",
    "password.changed": "changed the password",
    "password.reset": "set a new password with a code sent by e-mail",
    "seat.added": "added a seat that signs",
    "seat.appointed": "let {person} hold a seat or stand in",
    "seat.appointment_removed": "took back the appointment of {person} to a seat",
    "seat.days_changed": "changed the days on which {person} holds a seat or stands in",
    "seat.ended": "ended a seat",
    "seat.moved": "changed the order of the seats",
    "seat.renamed": "renamed a seat",
    "second_step.added": "added a second sign-in step",
    "second_step.failed": "gave a wrong code at the second sign-in step of {person}",
    "second_step.recovery_codes_made": "made new recovery codes",
    "second_step.removed": "removed a second sign-in step",
    "second_step.reset": "took away the second sign-in step of {person}",
    "session.all_ended": "signed {person} out everywhere",
    "session.ended": "ended a session of {person}",
    "user.created": "made an account",
    "user.deactivated": "closed the account of {person}",
    "user.reactivated": "opened the account of {person} again",
    "user.sign_in_failed": "tried to sign in and failed",
    "user.signed_in": "signed in",
    "user.single_sign_on_failed": "tried to sign in through their organisation and failed",
    "user.single_sign_on_refused": "was refused at their organisation's own sign-in",
    "user.single_sign_on_linked": "linked their organisation's own sign-in",
}
_ROLES: Mapping[str, str] = {role.value: role.label.lower() for roles in (MembershipRole, TeamRole) for role in roles}
# Whom a row means that names nobody.
NOBODY = "The portal"
_SIGNING_IN = "Somebody signing in"
_NOT_SIGNED_IN: Mapping[str, str] = {
    "invitation.declined": "The person invited",
    "mail.unsubscribed": "Whoever had the e-mail",
    "second_step.failed": _SIGNING_IN,
    "user.sign_in_failed": _SIGNING_IN,
    "user.single_sign_on_failed": _SIGNING_IN,
    "user.single_sign_on_refused": _SIGNING_IN,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, who, for which organisation, and what in words."""

    at: datetime
    actor: str
    organisation: Organisation | None
    did: str


def register(sentences: Mapping[str, str]) -> None:
    """Say in words what a room's verbs mean: "removed {person} from the team"."""
    _SENTENCES.update(sentences)


def lines(events: Sequence[AuditEvent]) -> list[Line]:
    """Events in words, in three queries however many they are."""
    people = {pk: user.full_name for pk, user in User.objects.in_bulk(_ids(_person(e) for e in events)).items()}
    named = _ids(pk for e in events for pk in (e.organisation_id, e.data.get("agency"), e.data.get("partnership")))
    organisations = Organisation.objects.in_bulk(named)
    invited = _ids(e.object_id for e in events if e.object_type == Invitation._meta.label_lower)
    addresses = {pk: invitation.email for pk, invitation in Invitation.objects.in_bulk(invited).items()}
    return [_line(event, people, organisations, addresses) for event in events]


def _line(
    event: AuditEvent,
    people: Mapping[UUID, str],
    organisations: Mapping[UUID, Organisation],
    addresses: Mapping[UUID, str],
) -> Line:
    organisation = organisations.get(event.organisation_id) if event.organisation_id else None
    words = {
        "person": _named(people, _person(event)),
        "address": _named(addresses, event.object_id),
        "organisation": organisation.name if organisation else "an organisation",
        "agency": _organisation(organisations, event.data.get("agency")),
        "partnership": _organisation(organisations, event.data.get("partnership")),
        "role": _role(event.data.get("role")),
        "before": _role(event.data.get("before")),
    }
    did = _SENTENCES.get(event.verb, _from_verb(event.verb)).format_map(defaultdict(str, words))
    return Line(event.at, event.actor_name or _NOT_SIGNED_IN.get(event.verb, NOBODY), organisation, did)


def _person(event: AuditEvent) -> Any:
    """The id of whom an event is about: named in its data, or its object."""
    is_user = event.object_type == User._meta.label_lower
    return event.data.get("person") or (event.object_id if is_user else None)


def _named(names: Mapping[UUID, str], value: Any) -> str:
    key = _id(value)
    return names.get(key, "somebody") if key else "somebody"


def _organisation(organisations: Mapping[UUID, Organisation], value: Any) -> str:
    key = _id(value)
    found = organisations.get(key) if key else None
    return found.name if found else "an organisation"


def _from_verb(verb: str) -> str:
    """ "section.marked_done" becomes "section: marked done"."""
    noun, _, participle = verb.partition(".")
    return f"{noun}: {participle}".replace("_", " ").replace("{", "").replace("}", "")


def _role(value: Any) -> str:
    return _ROLES.get(str(value), str(value or ""))


def _ids(values: Iterable[Any]) -> set[UUID]:
    return {pk for value in values if (pk := _id(value)) is not None}


def _id(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
