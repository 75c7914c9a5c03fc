"""Who can see what is said about a section, and may therefore be called by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User
from documents import truth
from documents.models import Report, Section, Thread
from documents.threads.drafts import Mentions
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState
from reviews.people import with_teams


@dataclass(frozen=True, slots=True)
class Audience:
    """Organisations, and the people whom they have on the review now."""

    participants: Sequence[Participant]

    @property
    def organisations(self) -> dict[UUID, Organisation]:
        return {one.organisation_id: one.organisation for one in self.participants}

    @property
    def people(self) -> dict[UUID, tuple[User, Organisation]]:
        """Each with the first of their organisations."""
        found: dict[UUID, tuple[User, Organisation]] = {}
        for participant in self.participants:
            for member in participant.team.all():
                if member.user.is_active:
                    found.setdefault(member.user_id, (member.user, participant.organisation))
        return found

    def of(self, organisation_ids: set[UUID]) -> "Audience":
        """Those of it that belong to these organisations."""
        return Audience([one for one in self.participants if one.organisation_id in organisation_ids])

    def called(self, mentions: Mentions) -> list[User]:
        """The people whom these mentions call, by name or with their organisation."""
        by_organisation = self.of(set(mentions.organisations)).people
        return [user for pk, (user, _) in self.people.items() if pk in mentions.users or pk in by_organisation]


def readers_of(report: Report) -> tuple[Audience, Mapping[UUID, set[UUID]]]:
    """Who takes part in a report's review, and which organisations can read each section. Five queries."""
    joined = with_teams([report.review_id], states=[ParticipantState.JOINED])
    organisation = {participant.pk: participant.organisation_id for participant in joined}
    levels = truth.section_levels([report.pk])
    readers = {
        pk: {organisation[one] for one in by_participant if one in organisation} for pk, by_participant in levels.items()
    }
    return Audience(joined), readers


def audience_of(section: Section, only_for: Organisation | None) -> Audience:
    """Who can see a thread about this section, which is everybody's or one organisation's."""
    return _audience(section, only_for)[1]


def check_mentions(section: Section, only_for: Organisation | None, mentions: Mentions) -> Audience:
    """Who can see it; ValidationError (under "mentions") where somebody is called who cannot."""
    everybody, audience = _audience(section, only_for)
    if mentions.users <= audience.people.keys() and mentions.organisations <= audience.organisations.keys():
        return audience
    raise ValidationError({"mentions": _why_not(everybody, audience, only_for, mentions)})


def words_for(thread: Thread) -> str:
    """ "Everyone on the review", or "Only Bristol can see this". The thread's section and `only_for` should be loaded."""
    if thread.only_for is not None:
        return f"Only {thread.only_for.short_name} can see this"
    return "Everyone who can read this section" if thread.section.is_restricted else "Everyone on the review"


def _audience(section: Section, only_for: Organisation | None) -> tuple[Audience, Audience]:
    """Who takes part in the review, and who of them can see it."""
    everybody, readers = readers_of(section.report)
    return everybody, everybody.of(readers[section.pk] if only_for is None else readers[section.pk] & {only_for.pk})


def _why_not(everybody: Audience, audience: Audience, only_for: Organisation | None, mentions: Mentions) -> str:
    if only_for is not None:
        name = only_for.short_name
        return f"Only {name} can see this comment, so you can mention only {name} and its people on this review."
    people = [user.full_name for pk, (user, _) in everybody.people.items() if pk in mentions.users - audience.people.keys()]
    places = mentions.organisations - audience.organisations.keys()
    names = sorted([*people, *(one.short_name for pk, one in everybody.organisations.items() if pk in places)])
    who = " and ".join(names) or "Somebody whom you mention"
    return f"{who} cannot read this section, so the comment would not reach them. Take the mention away."
