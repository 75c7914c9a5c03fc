"""A thread that an organisation keeps to itself is nowhere for others: no page, count, list, trail, notice or e-mail.

The addresses are those of the permission matrix, so that whatever is built later is looked through too. Sockets: see
`coedit/test_thread_news.py`.
"""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.access import review_trail
from accounts.models import Notification, User
from accounts.notification_scopes import openable, scope_of
from documents.actions import suggestions, threads
from documents.models import Thread, ThreadKind
from documents.threads.drafts import Passage
from partnerships.actions import memberships
from partnerships.models import MembershipRole, TeamRole
from reviews.actions import participants, reviews, teams
from reviews.hooks import visible_events
from reviews.models import ReviewKind
from tests.documents.helpers import participant
from tests.documents.talk import anew, in_text, opened, organisation, suggested
from tests.laws.permission_matrix import Route
from tests.laws.permission_routes import ROUTES
from tests.support.cast import Cast
from tests.support.checks import fresh

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

QUOTE, SAID, REPLY, INSTEAD = "quokka quote", "wombat words", "numbat reply", "bilby instead"
PAGES = [route for route in ROUTES if route.method == "GET" and route.expected("amira") == 200]
OTHERS = ["amira", "ned", "nora", "gwen", "piet"]
_VARIES = [
    (re.compile(r'(csrfmiddlewaretoken" value|nonce|content|data-csrf)="[^"]*"'), ""),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "id"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "digest"),
    (re.compile(r"&quot;token&quot;.*?,|\"token\":.*?[,}]"), ""),
    (re.compile(r"\d\d:\d\d(:[\d.]+)?|\.\d{6}"), ""),
]


def keep_to_themselves(cast: Cast) -> list[Thread]:
    """All that Bristol can say and do among itself."""
    passage = Passage(b"\1", b"\2", QUOTE)
    risk = opened(
        cast.introduction,
        cast.bella,
        SAID,
        only_for_us=True,
        kind=ThreadKind.IDENTIFICATION_RISK,
        passage=passage,
        mentions=organisation(cast.bristol.pk),
    )
    settled = opened(cast.findings, cast.bella, SAID, only_for_us=True, passage=passage)
    threads.reply(settled, text=REPLY, by=cast.bella)
    threads.resolve(settled, by=cast.bella)
    waiting = suggested(cast.introduction, cast.bella, INSTEAD, only_for_us=True)
    declined = suggested(cast.introduction, cast.bella, INSTEAD, only_for_us=True)
    suggestions.decline(declined, by=cast.bella)
    suggestions.reopen(anew(declined), by=cast.bella)
    return [risk, settled, waiting, declined]


def seen_at(client: Client, route: Route, cast: Cast) -> str:
    """What the address answers, without what differs each time. What asking for it writes is taken back."""
    with transaction.atomic():
        answer = client.get(reverse(route.name, kwargs=route.arguments(cast)))
        content = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    text = _text(content)
    for varies, instead in _VARIES:
        text = varies.sub(instead, text)
    return text


def _text(content: bytes) -> str:
    """The text of a page or a file; of an archive, that of all its members."""
    if not is_zipfile(BytesIO(content)):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(_text(archive.read(name)) for name in archive.namelist())


def test_every_address_answers_the_lead_as_if_there_were_none(
    cast: Cast, client_of: ClientOf, subtests: pytest.Subtests
) -> None:
    client = client_of(cast.amira)
    in_text(cast.introduction, cast.bella)
    before = [(route, seen_at(client, route, cast)) for route in PAGES]
    keep_to_themselves(cast)

    for route, expected in before:
        with subtests.test(route=str(route)):
            now = seen_at(client, route, cast)

            assert not any(secret in now for secret in (QUOTE, SAID, REPLY, INSTEAD))
            assert now == expected


@pytest.mark.parametrize("name", OTHERS)
def test_no_list_no_count_and_no_thread_of_theirs_is_in_what_others_get(name: str, cast: Cast, client_of: ClientOf) -> None:
    private = keep_to_themselves(cast)
    client, person = client_of(getattr(cast, name)), fresh(getattr(cast, name))

    board = client.get(reverse("report_threads", args=[cast.report.pk])).json()
    listed = client.get(reverse("report_comments", args=[cast.report.pk]), {"state": "all"}).context["found"]

    assert board["threads"] == []
    assert (listed.all, listed.open, list(listed.cards), listed.people) == (0, 0, [], [])
    assert not Thread.objects.visible_to(person).exists()
    assert {client.get(reverse("thread", args=[one.pk])).status_code for one in private} == {404}
    assert client.get(reverse("person_suggestions", args=[cast.report.pk, cast.bella.pk])).status_code == 404


def test_the_trail_tells_their_own_and_nobody_else(cast: Cast) -> None:
    private = keep_to_themselves(cast)

    def told(person: User) -> set[str]:
        events = visible_events(fresh(person), cast.review, review_trail(cast.review.pk))
        return {event.verb for event in events if event.verb.startswith(("thread.", "suggestion."))}

    assert told(cast.amira) == told(cast.gwen) == set()
    assert told(cast.bella) == {
        "thread.opened",
        "thread.replied",
        "thread.resolved",
        "suggestion.declined",
        "suggestion.reopened",
    }
    threads.share(anew(private[0]), by=cast.bella)
    assert told(cast.amira) == {"thread.shared"}


def test_nobody_else_is_notified_or_written_to(cast: Cast) -> None:
    keep_to_themselves(cast)

    assert {one.to for one in Notification.objects.all()} == {cast.bo}
    assert mail.outbox == []


def test_an_organisation_that_has_left_sees_its_own_no_more_and_others_never(cast: Cast) -> None:
    (risk, *_) = keep_to_themselves(cast)
    participants.leave(participant(cast.review, cast.bristol), reason="To see what stays.", by=cast.bella)

    assert not [name for name in (*OTHERS, "bella", "bo") if risk in Thread.objects.visible_to(fresh(getattr(cast, name)))]


def test_one_who_represents_another_organisation_here_sees_none_of_their_employers(cast: Cast) -> None:
    """Olive works for North Somerset; on this review she is on the police's team."""
    theirs = opened(cast.introduction, cast.amira, only_for_us=True)
    polices = opened(cast.introduction, cast.piet, only_for_us=True)
    memberships.add(cast.police, cast.olive, MembershipRole.MEMBER, by=None)
    teams.add(participant(cast.review, cast.police), cast.olive, TeamRole.REVIEWER, by=cast.piet)

    seen = set(Thread.objects.visible_to(fresh(cast.olive)))
    told = openable(cast.olive, [scope_of("thread", one.pk) for one in (polices, theirs)])

    assert (polices in seen, theirs in seen) == (True, False)
    assert told == {scope_of("thread", polices.pk)}


def test_nor_does_a_place_for_them_on_another_review_help(cast: Cast) -> None:
    theirs = opened(cast.introduction, cast.amira, only_for_us=True)
    other = reviews.open(
        organisation=cast.north_somerset,
        title="Another review",
        reason="To be on.",
        kind=ReviewKind.LOCAL_LEARNING,
        lead_reason="Somebody has to.",
        by=cast.amira,
    )
    teams.add(participant(other, cast.north_somerset), cast.olive, TeamRole.REVIEWER, by=cast.amira)
    memberships.add(cast.police, cast.olive, MembershipRole.MEMBER, by=None)
    teams.add(participant(cast.review, cast.police), cast.olive, TeamRole.REVIEWER, by=cast.piet)

    assert theirs not in Thread.objects.visible_to(fresh(cast.olive))
    assert openable(cast.olive, [scope_of("thread", theirs.pk)]) == set()
