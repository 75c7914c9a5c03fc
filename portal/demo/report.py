"""The demonstration's half-written joint report, made through the same actions that people use."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pycrdt import Doc

from accounts.models import User
from documents.actions import reports, sections
from documents.models import Numbering, Report, ReportKind, Restriction, Section
from documents.section_text import append
from documents.text.blocks import from_blocks
from documents.text.building import build_update
from documents.text.reading import replay
from partnerships.grants import Level
from partnerships.models import Organisation
from portal.demo import data
from reviews.models import Participant, Review

# The lead partnership writes everywhere. Who else writes in a restricted section; the others it names may read it.
RESTRICTED: Mapping[str, tuple[Restriction, set[str]]] = {
    "parallel-processes": (Restriction.LISTED, {"avon-and-somerset-police"}),
    "young-people": (Restriction.LISTED, {"bristol-city-council", "kbsp"}),
    "loe-4": (Restriction.HIDDEN, {"bnssg-icb", "uhbw"}),
}

# The dates that the notes to the writers name.
DUE = {
    "involvement-children-families": date(2026, 12, 7),
    "parallel-processes": date(2026, 12, 10),
    "loe-4": date(2026, 12, 4),
}


class Written(NamedTuple):
    """A section of it with its text."""

    section: Section
    text: "Doc[Any]"


class ReportLoader:
    """Loads report.json into a review. `written`: its sections that have a text, by their names in the file."""

    def __init__(self, review: Review, organisations: Mapping[str, Organisation], people: Mapping[str, User]) -> None:
        self._review = review
        self._organisations = organisations
        self._people = people
        joined = review.participants.select_related("organisation").filter(state="joined")
        self._participants = {participant.organisation.slug: participant for participant in joined}
        self.written: dict[str, Written] = {}

    def load(self, *, by: User) -> Report:
        """Make the report, its sections, restrictions and texts. Every organisation on the review may write in it."""
        facts = data.read("report")
        levels = dict.fromkeys(self._participants.values(), Level.EDIT)
        report = reports.create(self._review, title=facts["title"], kind=ReportKind.JOINT_REPORT, levels=levels, by=by)
        for item in facts["sections"]:
            self._section(report, item, by)
        return report

    def _section(self, report: Report, item: dict[str, Any], by: User) -> None:
        section = sections.add(
            report, title=_title(item), numbering=_numbering(item["number"]), guidance=item["note"] or "", by=by
        )
        writer = self._organisations[item["assigned_organisation"]]
        sections.assign(section, organisation=writer, due_on=DUE.get(item["id"]), by=by)
        if item["blocks"]:
            update = build_update(from_blocks(item["blocks"]))
            append(section, update, author=self._people[item["writer"]], organisation=writer)
            self.written[item["id"]] = Written(section, replay([update]))
        if item["restricted_to"]:
            self._restrict(section, item, by)
        if item["status"] == "complete":
            sections.mark_done(section, by=self._people[item["writer"]])

    def _restrict(self, section: Section, item: dict[str, Any], by: User) -> None:
        restriction, writers = RESTRICTED[item["id"]]
        levels: dict[Participant, Level] = {
            self._participants[slug]: Level.EDIT if slug in writers or self._participants[slug].is_lead else Level.VIEW
            for slug in item["restricted_to"]
        }
        sections.restrict(section, restriction=restriction, levels=levels, by=by)


def _title(item: dict[str, Any]) -> str:
    """The title without “Appendix A:”, which its number says."""
    return re.sub(r"^Appendix [A-Z]: ", "", item["title"])


def _numbering(number: str | None) -> Numbering:
    if number is None:
        return Numbering.NONE
    if number.isalpha():
        return Numbering.APPENDIX
    return Numbering.SUB if "." in number else Numbering.MAIN
