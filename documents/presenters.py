"""What this room records, in words. Placeholders: see `partnerships.presenters`. Titles stay out: some are secret."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "image.read": "looked at a picture in a section",
    "image.uploaded": "put a picture into a section",
    "report.created": "made a report",
    "report.level_set": "changed what {organisation} may do with a report",
    "report.read": "read a report",
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
    "section.text_restored": "brought back what a section said before",
    "section.restricted": "restricted a section to named organisations",
}
