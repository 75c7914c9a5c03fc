"""What this room records, in words. Placeholders: see `partnerships.presenters`."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "participant.declined": "declined for {organisation} to take part in a review",
    "participant.invited": "invited {organisation} to take part in a review",
    "participant.joined": "agreed that {organisation} takes part in a review",
    "participant.left": "ended the part of {organisation} in a review",
    "participant.withdrawn": "withdrew the invitation of {organisation} to a review",
    "review.opened": "opened a review",
    "review.read": "looked at a page of a review",
    "team.member_added": "put {person} on the team of a review as {role}",
    "team.member_removed": "removed {person} from the team of a review",
    "team.role_changed": "changed the role of {person} on a review from {before} to {role}",
}
