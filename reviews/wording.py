"""Roles on a review, in words."""

from collections.abc import Mapping

from partnerships.models import TeamRole

CAN: Mapping[str, str] = {
    TeamRole.OBSERVER: "Reads what your organisation may read",
    TeamRole.REVIEWER: "Reads and comments",
    TeamRole.AUTHOR: "Reads, comments and writes where your organisation may write",
    TeamRole.LEAD: "The same as an author, and chooses your organisation’s team",
}
# What the same roles allow, said of somebody on the review.
MAY: Mapping[str, str] = {
    TeamRole.OBSERVER: "Read",
    TeamRole.REVIEWER: "Read and comment",
    TeamRole.AUTHOR: "Read, comment and write",
    TeamRole.LEAD: "Read, comment, write and choose the team",
}
LEADS_REVIEW = "Read, comment, write, choose the team, and manage the review and its reports"


def may(role: str, *, leads_review: bool) -> str:
    """What somebody with this role may do at most; their organisation's access limits it further."""
    return LEADS_REVIEW if leads_review and role == TeamRole.LEAD else MAY[role]
