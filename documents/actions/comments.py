"""Adding a comment to a thread, and telling those whom it concerns."""

from collections.abc import Collection, Sequence

from django.urls import reverse

from accounts.actions.notifications import notify
from accounts.models import User
from accounts.notification_scopes import scope_of
from documents.models import Comment, Mention, Thread
from documents.notification_kinds import MENTION, REPLY
from documents.notification_scopes import THREAD
from documents.threads.drafts import Mentions
from partnerships.models import Organisation


def say(
    thread: Thread, text: str, called: Sequence[User], mentions: Mentions, *, organisation: Organisation, by: User
) -> Comment:
    """Store a comment that has been checked, with whom it mentions; `called` are the people behind the mentions."""
    taking_part = _taking_part(thread)
    comment = Comment.objects.create(thread=thread, text=text, organisation=organisation, created_by=by)
    Mention.objects.bulk_create(
        [
            *(Mention(comment=comment, user_id=pk) for pk in sorted(mentions.users)),
            *(Mention(comment=comment, organisation_id=pk) for pk in sorted(mentions.organisations)),
        ]
    )
    tell(thread, called, MENTION, organisation=organisation, by=by)
    others = [user for user in taking_part if user not in called]
    tell(thread, others, REPLY, organisation=organisation, by=by)
    return comment


def tell(thread: Thread, people: Collection[User], kind: str, *, organisation: Organisation | None, by: User) -> None:
    """Notify those of these people who can see the thread."""
    if people:
        url = reverse("thread", args=[thread.pk])
        notify(people, kind, url=url, scope=scope_of(THREAD, thread.pk), organisation=organisation, by=by)


def _taking_part(thread: Thread) -> list[User]:
    """Whoever has said something in it, the opener included."""
    writers = Comment.objects.filter(thread=thread).values("created_by")
    return list(User.objects.filter(pk__in=writers) | User.objects.filter(pk=thread.created_by_id))
