"""The demonstration's joint statement: a report of its own kind, with its own sections."""

from collections.abc import Mapping

from accounts.models import User
from documents.actions import reports, sections
from documents.models import Report, ReportKind
from documents.report_templates import templates
from documents.section_text import append
from documents.text.blocks import from_blocks
from documents.text.building import build_update
from partnerships.grants import Level
from partnerships.models import Organisation
from portal.demo import data
from reviews.models import Participant, Review

# Which of its blocks stand in which section of the template: what happened, the findings, what is done, where to find help.
PARTS = ((0, 2), (2, 4), (4, 9), (9, None))


def load_statement(
    review: Review, organisations: Mapping[str, Organisation], people: Mapping[str, User], *, by: User
) -> Report:
    """Make it. The partnerships that issue it write in it, the agencies may comment."""
    facts = data.read("statement")
    joined = Participant.objects.select_related("organisation").filter(review=review, state="joined")
    levels = {one: Level.EDIT if one.organisation.slug in facts["issued_by"] else Level.COMMENT for one in joined}
    template = templates()[ReportKind.JOINT_STATEMENT]
    report = reports.create(
        review, title=facts["title"], kind=ReportKind.JOINT_STATEMENT, levels=levels, template=template, by=by
    )
    writer, organisation = people[facts["writer"]], organisations[facts["assigned_organisation"]]
    for section, (first, last) in zip(report.sections.present(), PARTS, strict=True):
        update = build_update(from_blocks(facts["blocks"][first:last]))
        append(section, update, author=writer, organisation=organisation)
        sections.assign(section, organisation=organisation, due_on=None, by=by)
    return report
