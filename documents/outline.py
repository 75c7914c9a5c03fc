"""A report as one person sees it: the sections they may know of, with their numbers, levels, text and who line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from documents import policies, truth
from documents.access import levels_on, may_know, organisation_on
from documents.models import Report, Section
from documents.numbering import numbers
from documents.section_text import Text, texts_of
from documents.wording import Who, who_line
from partnerships.grants import Level
from partnerships.models import Organisation
from reviews.access import is_lead
from reviews.models import Participant, ParticipantState

STATE_WORDS = {"started": "Being written", "empty": "Not started"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One section in the viewer's list. `level` None: they see number and title only, and there is no text and no who."""

    section: Section
    number: str
    level: Level | None
    text: Text | None
    who: Who | None
    may_finish: bool
    may_release: bool

    @property
    def is_late(self) -> bool:
        due: date | None = self.section.due_on
        return due is not None and self.section.done_at is None and self.text is not None and due < timezone.localdate()

    @property
    def due_words(self) -> str:
        """ "Being written, due 27 November 2026", or "" where there is nothing to say beside the state."""
        due: date | None = self.section.due_on
        if due is None or self.section.done_at is not None or self.text is None:
            return ""
        day = date_format(due, "j F Y")
        return f"Overdue since {day}" if self.is_late else f"{STATE_WORDS[self.state]}, due {day}"

    @property
    def state(self) -> str:
        """One of done, started, empty, or restricted where the viewer may not know."""
        if self.text is None:
            return "restricted"
        if self.section.done_at is not None:
            return "done"
        return "empty" if self.text.is_blank else "started"


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a page of a report shows to one person."""

    report: Report
    entries: Sequence[Entry]
    leads: bool
    organisation: Organisation | None
    level: Level

    @property
    def done(self) -> int:
        return sum(entry.state == "done" for entry in self.entries)

    @property
    def may_manage(self) -> bool:
        return self.leads and policies.is_open(self.report)

    @property
    def closed_words(self) -> str:
        """Why nothing can be written, where that is so."""
        try:
            policies.check_open(self.report)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""

    @property
    def writers(self) -> list[Organisation]:
        """Organisations that sections are assigned to, for the key of the contents list."""
        listed = [entry.section.assigned_to for entry in self.entries if entry.level is not None]
        return sorted({one for one in listed if one is not None}, key=lambda organisation: organisation.name)


def known_sections(user: User, report: Report) -> tuple[list[Section], dict[UUID, Level | None]]:
    """The present sections that this person may know of, in order, and their level on each."""
    sections = list(report.sections.present().select_related("assigned_to"))
    levels = levels_on(user, report, sections)
    return [section for section in sections if may_know(section, levels[section.pk])], levels


def outline_of(user: User, report: Report, level: Level) -> Outline:
    """What a person who has this level on a report sees of it; a constant number of queries."""
    sections, levels = known_sections(user, report)
    organisation = organisation_on(user, report)
    organisation_id = organisation.pk if organisation else None
    leads, is_open = is_lead(user, report.review), policies.is_open(report)
    words = _Words(report)
    number = numbers(sections)
    texts = texts_of([section for section in sections if levels[section.pk] is not None])
    entries = [
        Entry(
            section=section,
            number=number[section.pk],
            level=(mine := _shown(levels[section.pk], report)),
            text=texts.get(section.pk),
            who=words.who(section, mine) if mine is not None else None,
            may_finish=is_open and policies.may_finish(section, mine, leads=leads, organisation_id=organisation_id),
            may_release=is_open and policies.may_release(section, mine, leads=leads),
        )
        for section in sections
    ]
    return Outline(report, entries, leads, organisation, level)


def _shown(level: Level | None, report: Report) -> Level | None:
    return None if level is None else policies.shown(level, report)


class _Words:
    """Who lines of a report's sections from three queries."""

    def __init__(self, report: Report) -> None:
        joined = Participant.objects.filter(review_id=report.review_id, state=ParticipantState.JOINED)
        self._organisations: Mapping[UUID, Organisation] = {
            participant.pk: participant.organisation for participant in joined.select_related("organisation")
        }
        self._report = report
        self._levels = truth.section_levels([report.pk])

    def who(self, section: Section, mine: Level) -> Who:
        levels = {
            organisation: policies.shown(level, self._report)
            for participant, organisation in self._organisations.items()
            if (level := policies.limit(self._levels[section.pk].get(participant), self._report)) is not None
        }
        return who_line(section, mine, levels, everyone=len(self._organisations))
