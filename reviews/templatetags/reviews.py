"""What the head of every page of a review shows."""

from dataclasses import dataclass
from typing import Any

from django import template

from partnerships.models import Organisation
from reviews import hooks
from reviews.access import is_lead
from reviews.hooks import Door
from reviews.models import Review
from reviews.people import participants

register = template.Library()


@dataclass(frozen=True, slots=True)
class Head:
    """`documents` are the things to open, one a tab."""

    organisations: list[Organisation]
    lead: Organisation | None
    leads: bool
    documents: list[Door]

    @property
    def partnerships(self) -> list[Organisation]:
        """Named one by one in the head."""
        return [organisation for organisation in self.organisations if organisation.is_partnership]

    @property
    def agencies(self) -> int:
        """Only counted in the head: there can be many, and the page of people names them."""
        return len(self.organisations) - len(self.partnerships)


@register.simple_tag(takes_context=True)
def review_head(context: Any, review: Review) -> Head:
    """Who takes part, who leads, and what this person may open."""
    user = context["request"].user
    joined = participants(review)
    return Head(
        organisations=[participant.organisation for participant in joined],
        lead=next((participant.organisation for participant in joined if participant.is_lead), None),
        leads=is_lead(user, review),
        documents=list({door.tab: door for door in reversed(hooks.doors(user, review))}.values())[::-1],
    )
