"""The edit history of a report as one person may see it: sessions of work with people, organisations and counted words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from documents.history.sessions import Work, work_in
from documents.history.texts import Counts, counts_of
from documents.models import Report, Section
from documents.numbering import numbers
from documents.outline import known_sections
from documents.spans import windows_of
from partnerships.models import Organisation

WORKS_A_PAGE = 15

# What one can choose, and its words.
Choice = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One session of work, in the viewer's words."""

    work: Work
    section: Section
    number: str
    author: User | None
    organisation: Organisation | None
    counts: Counts

    @property
    def words(self) -> str:
        """ "12 words added, 3 removed"."""
        added, removed = self.counts
        if not added and not removed:
            return "No words added or removed"
        return f"{added} word{'' if added == 1 else 's'} added, {removed} removed"

    @property
    def time(self) -> str:
        """ "2 March 2026, 9.15 to 10.02"."""
        return time_of(self.work)


@dataclass(frozen=True, slots=True)
class EditHistory:
    """A page of the history, and what one can look for."""

    page: Page[Work]
    items: Sequence[Item]
    sections: Sequence[Choice]
    people: Sequence[Choice]
    organisations: Sequence[Choice]


def time_of(work: Work) -> str:
    """From when to when somebody worked."""
    began, ended = timezone.localtime(work.began), timezone.localtime(work.ended)
    start = date_format(began, "j F Y, H:i")
    if began.date() != ended.date():
        return f"{start} to {date_format(ended, 'j F Y, H:i')}"
    return start if began.strftime("%H%M") == ended.strftime("%H%M") else f"{start} to {date_format(ended, 'H:i')}"


def edit_history_of(user: User, report: Report, wanted: Mapping[str, str]) -> EditHistory:
    """A page of the sessions that this person may see; the number of queries does not grow with them."""
    known, levels = known_sections(user, report)
    number = numbers(known)
    readable = {section.pk: section for section in known if levels[section.pk] is not None}
    works = work_in(windows_of(user, report, readable))
    people = User.objects.in_bulk({work.author_id for work in works if work.author_id})
    places = Organisation.objects.in_bulk({work.organisation_id for work in works if work.organisation_id})
    page = Paginator([work for work in works if _is_wanted(work, wanted)], WORKS_A_PAGE).get_page(wanted.get("page"))
    counts = counts_of(list(page.object_list))
    items = [
        Item(
            work=work,
            section=readable[work.section_id],
            number=number[work.section_id],
            author=people.get(work.author_id) if work.author_id else None,
            organisation=places.get(work.organisation_id) if work.organisation_id else None,
            counts=counts[work],
        )
        for work in page.object_list
    ]
    written = {work.section_id for work in works}
    return EditHistory(
        page=page,
        items=items,
        sections=[(pk, f"{number[pk]} {section}".strip()) for pk, section in readable.items() if pk in written],
        people=_by_words((pk, person.full_name) for pk, person in people.items()),
        organisations=_by_words((pk, place.name) for pk, place in places.items()),
    )


def _by_words(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda choice: choice[1].casefold())


def _is_wanted(work: Work, wanted: Mapping[str, str]) -> bool:
    asked: tuple[tuple[str, UUID | None], ...] = (
        ("section", work.section_id),
        ("organisation", work.organisation_id),
        ("person", work.author_id),
    )
    return all(not wanted.get(name) or wanted[name] == str(value) for name, value in asked)
