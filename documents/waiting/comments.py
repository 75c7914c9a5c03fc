"""Comments to answer and suggestions to decide. Whatever another organisation keeps to itself waits for nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from documents import policies
from documents.known_sections import KnownSections
from documents.models import Comment, Mention, Section, SuggestionState, Thread, ThreadKind
from documents.places import Place
from documents.waiting.item import Said, Task, by_section
from partnerships.grants import Level
from partnerships.models import Organisation, TeamRole

# Who has more sees the oldest of them.
MOST = 300


class Comments:
    """What of all that is said on some reports waits for one person. A constant number of queries."""

    def __init__(self, user: User, known: KnownSections, places: Mapping[UUID, Place]) -> None:
        self.user, self.known, self.places = user, known, places
        sections = [known.by_id[pk] for pk in known.readable()]
        self.sections = [section for section in sections if policies.is_open(section.report)]

    def tasks(self) -> Iterable[Task]:
        """Comments first."""
        answers, decisions = self._to_answer(), self._to_decide()
        names = Organisation.objects.in_bulk({row.organisation_id for row in [*answers, *decisions]})
        yield from by_section(answers, "Answer", "comment", self.known, names)
        yield from by_section(decisions, "Decide", "suggestion", self.known, names)

    def _to_answer(self) -> list[Said]:
        """Where this person or their organisation is called, where their own thread has a reply, and what they look after.

        It waits until it is answered or resolved; a risk that somebody could be recognised until it is resolved.
        """
        threads = self._threads([one for one in self.sections if (self.known.levels[one.pk] or 0) >= Level.COMMENT])
        last = Comment.objects.filter(thread=OuterRef("pk")).order_by("-created_at", "-id")
        threads = threads.filter(resolved_at__isnull=True).annotate(
            last_by=Subquery(last.values("created_by")[:1]), last_organisation=Subquery(last.values("organisation")[:1])
        )
        replied = Q(created_by=self.user) & ~Q(last_by=self.user)
        return _said(threads.filter(self._called() | replied | self._looked_after()))

    def _to_decide(self) -> list[Said]:
        """Open suggestions of others in sections that this person writes, unless another organisation is to write them."""
        sections = [one for one in self.sections if self.known.levels[one.pk] == Level.EDIT and self._is_ours(one)]
        waiting = self._threads(sections).filter(suggestion__state=SuggestionState.OPEN)
        return _said(waiting.exclude(created_by=self.user))

    def _is_ours(self, section: Section) -> bool:
        place = self._place(section)
        return place.is_lead or section.assigned_to_id in {None, place.organisation.pk}

    def _called(self) -> Q:
        """Mentions of the person, and of their organisation on that review, without an answer since."""
        calls = Mention.objects.filter(comment__thread=OuterRef("pk")).exclude(comment__created_by=self.user)
        since = Comment.objects.filter(
            thread=OuterRef("comment__thread"), created_at__gt=OuterRef("comment__created_at"), created_by=self.user
        )
        called = Q(Exists(calls.filter(~Exists(since), user=self.user)))
        for organisation_id, sections in self._by_organisation().items():
            ours = Comment.objects.filter(
                thread=OuterRef("comment__thread"),
                created_at__gt=OuterRef("comment__created_at"),
                organisation_id=organisation_id,
            )
            calls_us = calls.filter(~Exists(ours), organisation_id=organisation_id)
            called |= Q(Exists(calls_us), section__in=sections)
        return called

    def _looked_after(self) -> Q:
        """A team's lead looks after its sections, a review's lead after every risk."""
        team = [one.pk for one in self.sections if self._leads_team(one)]
        review = [one.pk for one in self.sections if self._place(one).is_lead]
        risks = Q(kind=ThreadKind.IDENTIFICATION_RISK, section__in={*team, *review})
        wrong = Q(kind=ThreadKind.FACTUAL_ACCURACY, section__in=team) & ~Q(last_organisation=F("section__assigned_to"))
        return (risks | wrong) & Q(suggestion__isnull=True)

    def _leads_team(self, section: Section) -> bool:
        place = self._place(section)
        return place.role == TeamRole.LEAD and section.assigned_to_id == place.organisation.pk

    def _by_organisation(self) -> dict[UUID, list[UUID]]:
        found: dict[UUID, list[UUID]] = {}
        for section in self.sections:
            found.setdefault(self._place(section).organisation.pk, []).append(section.pk)
        return found

    def _place(self, section: Section) -> Place:
        return self.places[section.report.review_id]

    def _threads(self, sections: Sequence[Section]) -> QuerySet[Thread]:
        threads: QuerySet[Thread] = Thread.objects.visible_to(self.user).filter(section__in=[one.pk for one in sections])
        return threads


def _said(threads: QuerySet[Thread]) -> list[Said]:
    rows = threads.order_by("created_at", "id").values_list("pk", "section_id", "organisation_id")
    return [Said(*row) for row in rows[:MOST]]
