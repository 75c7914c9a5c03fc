"""The demonstration's comment round and its comments, said by the people who say them and decided by the lead.

Their places in the text are real ones: the page finds them as it finds what anybody marks in it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models.signals import pre_save
from django.utils import timezone

from accounts.models import Notification, User
from documents.actions import dispositions, rounds, suggestions, threads
from documents.models import Comment, CommentRound, Report, Suggestion, Thread
from documents.text.anchors import SectionText, make_for
from documents.threads.drafts import Draft, Passage
from portal.demo import data
from portal.demo.report import Written
from reviews.models import Participant

# However late the demonstration is started, its round is still open for some days.
DAYS_LEFT = 9


class DiscussionLoader:
    """Loads comments.json into a report that has been written."""

    def __init__(self, report: Report, written: Mapping[str, Written], people: Mapping[str, User]) -> None:
        self._report = report
        self._written = written
        self._people = people
        self._texts: dict[str, SectionText] = {}

    def load(self, *, by: User) -> None:
        """Open the round, and say everything in the order in which it was said."""
        self._open_round(by)
        listed = sorted(data.read("comments")["threads"], key=lambda item: str(item["at"]))
        opened = [(self._open(item), item) for item in listed]
        for thread, item in opened:
            self._reply(thread, item)
            self._decide(thread, item)
        # Nobody gets e-mail about what was said before the demonstration began.
        Notification.objects.update(mail_due_at=None)

    def _open_round(self, by: User) -> None:
        facts = data.read("review")["comment_round"]
        joined = Participant.objects.select_related("organisation").filter(review=self._report.review, state="joined")
        opened = rounds.open(
            self._report,
            name=facts["name"],
            closes_on=max(date.fromisoformat(facts["closes"]), timezone.localdate() + timedelta(days=DAYS_LEFT)),
            participants=[one for one in joined if one.organisation.slug in facts["invited"]],
            by=by,
        )
        CommentRound.objects.filter(pk=opened.pk).update(opened_at=_moment(f"{facts['opens']}T09:00"))

    def _open(self, item: dict[str, Any]) -> Thread:
        draft = Draft(
            text=item["body"],
            kind=item["kind"],
            only_for_us=item["visibility"] == "organisation",
            passage=self._passage(item),
            replacement=item["suggested_replacement"],
        )
        with _said(item["at"]):
            return threads.open(self._written[item["section"]].section, draft, by=self._people[item["by"]])

    def _passage(self, item: dict[str, Any]) -> Passage:
        name = item["section"]
        if name not in self._texts:
            self._texts[name] = SectionText(self._written[name].text)
        anchor = make_for(self._texts[name], item["quote"])
        if anchor is None:
            raise ValueError(f"The quote of {item['id']} does not stand once in {name}.")
        return Passage(*anchor)

    def _reply(self, thread: Thread, item: dict[str, Any]) -> None:
        for reply in item["replies"]:
            with _said(reply["at"]):
                threads.reply(thread, text=reply["body"], by=self._people[reply["by"]])

    def _decide(self, thread: Thread, item: dict[str, Any]) -> None:
        """What was decided. A suggestion is accepted with it, and the text changed."""
        made = item["disposition"]
        if made is None:
            return
        by, at = self._people[made["by"]], _moment(made["at"])
        if item["suggested_replacement"] is not None:
            suggestions.accept(thread, by=by)
            Suggestion.objects.filter(pk=thread.pk).update(decided_at=at)
        dispositions.dispose(thread, disposition=made["outcome"], reason=made["reason"], resolve=True, by=by)
        Thread.objects.filter(pk=thread.pk).update(disposed_at=at, resolved_at=at)


@contextmanager
def _said(at: str) -> Iterator[None]:
    """What is said inside is said at this time. Afterwards it could not be changed: the database keeps it as it was said."""

    def date_back(instance: Thread | Comment, **_: Any) -> None:
        instance.created_at = _moment(at)

    for model in (Thread, Comment):
        pre_save.connect(date_back, sender=model, weak=False, dispatch_uid="demo")
    try:
        yield
    finally:
        for model in (Thread, Comment):
            pre_save.disconnect(sender=model, dispatch_uid="demo")


def _moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))
