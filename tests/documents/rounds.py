"""Short ways to say what tests of comment rounds need."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from documents.actions import rounds, threads
from documents.models import CommentRound, Section, Thread, ThreadKind
from documents.threads.drafts import Draft
from partnerships.models import Organisation
from tests.documents.helpers import participant
from tests.support.cast import Cast


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def opened(cast: Cast, *places: Organisation, **facts: Any) -> CommentRound:
    """A round that Amira opens; it asks Bristol and the police where nobody is named."""
    asked = [participant(cast.review, one) for one in places or (cast.bristol, cast.police)]
    given: dict[str, Any] = {"name": "Factual accuracy", "closes_on": in_days(7), "by": cast.amira} | facts
    return rounds.open(cast.report, participants=asked, **given)


def comment(section: Section, by: User, *, kind: str = ThreadKind.GENERAL, private: bool = False) -> Thread:
    """A comment about a whole section."""
    return threads.open(section, Draft(text="Is this right?", kind=kind, only_for_us=private), by=by)


def risk(section: Section, by: User, *, private: bool = False) -> Thread:
    """A comment that somebody could be recognised."""
    return comment(section, by, kind=ThreadKind.IDENTIFICATION_RISK, private=private)
