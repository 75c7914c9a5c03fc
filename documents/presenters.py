"""What this room records, in words. Placeholders: see `partnerships.presenters`. Titles stay out: some are secret."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "image.read": "looked at a picture in a section",
    "image.uploaded": "put a picture into a section",
    "report.agreed": "gave the last signature: a report is agreed",
    "report.asked_again": "made a signature on a report missing again",
    "report.created": "made a report",
    "report.declined": "declined to sign a report, which is being written again",
    "report.frozen": "froze a report for signature",
    "report.level_set": "changed what {organisation} may do with a report",
    "report.published": "published a report",
    "report.read": "read a report",
    "report.reopened": "opened a report again for writing; its signatures are void",
    "report.returned": "left a report that was to be signed; it is being written again, and its signatures are void",
    "report.scheduled": "set the day on which a report is published",
    "report.unscheduled": "cancelled the day on which a report was to be published",
    "report.withdrawn": "withdrew a report from the public",
    "section.added": "added a section",
    "section.assigned": "changed who writes a section, or by when",
    "section.deleted": "deleted a section",
    "section.described": "changed the number or the note of a section",
    "section.done": "marked a section as done",
    "section.moved": "moved a section",
    "section.released": "released a restricted section",
    "section.renamed": "changed the title of a section",
    "section.reopened": "opened a section again that was done",
    "section.restored": "restored a deleted section",
    "sign_off.voided": "made a signature for {organisation} void",
    "section.text_restored": "brought back what a section said before",
    "section.restricted": "restricted a section to named organisations",
}
