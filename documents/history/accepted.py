"""Whose suggestions somebody accepted while they worked: the words are theirs as well."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.models import User
from documents.history.sessions import Work
from documents.models import Report, SuggestionState, Thread
from documents.threads.access import threads_for

# The row of the log and the decision are of one transaction, each with its own look at the clock.
AROUND = timedelta(minutes=1)


def accepted_in(work: Work, user: User, report: Report) -> Sequence[Thread]:
    """The threads of suggestions that were accepted in a session of work, as far as this person may see them."""
    accepted = threads_for(user, report).filter(
        section=work.section_id,
        suggestion__state=SuggestionState.ACCEPTED,
        suggestion__decided_by=work.author_id,
        suggestion__decided_at__range=(work.began - AROUND, work.ended + AROUND),
    )
    return list(accepted.select_related("suggestion", "created_by", "organisation").order_by("suggestion__decided_at"))
