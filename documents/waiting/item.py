"""One thing that waits for a person, and the rule by which several of a kind become one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from documents.known_sections import KnownSections
from partnerships.models import Organisation


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for this person: what to do, about what, by when."""

    icon: str
    do: str
    url: str
    about: str
    due_on: date | None = None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_today(self) -> bool:
        return self.due_on == timezone.localdate()


class Said(NamedTuple):
    """A thread that waits: which, about which section, from whom."""

    thread_id: UUID
    section_id: UUID
    organisation_id: UUID


def by_section(
    rows: Iterable[Said], verb: str, noun: str, known: KnownSections, names: Mapping[UUID, Organisation]
) -> Iterable[Task]:
    """One task a section, in their order: "Answer 2 comments on section 10, Analysis"."""
    grouped: dict[UUID, list[Said]] = defaultdict(list)
    for row in rows:
        grouped[row.section_id].append(row)
    in_order = sorted(grouped, key=lambda pk: (str(known.by_id[pk].report_id), known.by_id[pk].position))
    for section_id in in_order:
        said, report = grouped[section_id], known.by_id[section_id].report
        whole = reverse("report_comments", args=[report.pk]) + f"?section={section_id}"
        url = reverse("thread", args=[said[0].thread_id]) if len(said) == 1 else whole
        what = f"a {noun}" if len(said) == 1 else f"{len(said)} {noun}s"
        about = f"{report} · from {listed(names[one.organisation_id].short_name for one in said)}"
        yield Task("comment", f"{verb} {what} on {known.title(section_id)}", url, about)


def listed(words: Iterable[str]) -> str:
    """ "Bristol, Police and South Gloucestershire", each once."""
    names = sorted(set(words))
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
