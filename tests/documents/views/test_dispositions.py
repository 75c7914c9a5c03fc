"""Pages on which a lead decides what becomes of comments."""

from django.urls import reverse

from accounts.models import User
from documents.actions import dispositions
from documents.models import Thread
from tests.documents.helpers import ClientOf, opened, said
from tests.documents.rounds import comment
from tests.documents.rounds import opened as open_round
from tests.documents.talk import suggested
from tests.partnerships.helpers import queries_of
from tests.support.cast import Cast
from tests.support.checks import form_errors


def listed(client_of: ClientOf, cast: Cast, **query: str) -> list[Thread]:
    page = client_of(cast.amira).get(reverse("report_dispositions", args=[cast.report.pk]), query)
    return [card.thread for card in page.context["cards"]]


def address(thread: Thread) -> str:
    return reverse("thread_disposition", args=[thread.pk])


def test_lists_what_waits_for_a_decision(cast: Cast, client_of: ClientOf) -> None:
    waiting, decided = comment(cast.introduction, cast.piet), comment(cast.introduction, cast.piet)
    dispositions.dispose(decided, disposition="noted", reason="Thank you.", by=cast.amira)

    assert listed(client_of, cast) == [waiting]
    assert listed(client_of, cast, state="all") == [waiting, decided]


def test_leaves_out_what_is_private_even_ones_own(cast: Cast, client_of: ClientOf) -> None:
    comment(cast.introduction, cast.bella, private=True)
    comment(cast.introduction, cast.ned, private=True)

    assert listed(client_of, cast, state="all") == []


def test_can_be_of_one_round(cast: Cast, client_of: ClientOf) -> None:
    comment(cast.introduction, cast.piet)
    made = open_round(cast)
    during = comment(cast.introduction, cast.piet)

    assert listed(client_of, cast, round=str(made.pk)) == [during]
    assert len(listed(client_of, cast, round="nonsense")) == 2


def test_takes_the_same_queries_however_many_there_are(cast: Cast, client_of: ClientOf) -> None:
    page = reverse("report_dispositions", args=[cast.report.pk])
    comment(cast.introduction, cast.piet)
    few = queries_of(lambda: client_of(cast.amira).get(page))

    for _ in range(5):
        comment(cast.findings, cast.bella)

    assert queries_of(lambda: client_of(cast.amira).get(page)) == few


def test_a_decision_is_saved_and_shown_to_whoever_commented(cast: Cast, client_of: ClientOf) -> None:
    thread = comment(cast.introduction, cast.piet)
    client = client_of(cast.amira)
    posted = opened(client, address(thread)) | {
        "disposition": "partly_accepted",
        "reason": "Only the date.",
        "resolve": "on",
    }

    page = client.post(address(thread), posted, follow=True)

    assert said(page) == "What becomes of the comment has been saved. Whoever made it is told."
    seen = client_of(cast.piet).get(reverse("thread", args=[thread.pk])).content.decode()
    assert "Partly accepted" in seen
    assert "Only the date." in seen
    assert "Resolved by Amira Test-Okafor" in seen


def test_without_a_reason_it_is_refused_and_nothing_is_lost(cast: Cast, client_of: ClientOf) -> None:
    thread = comment(cast.introduction, cast.piet)
    client = client_of(cast.amira)

    page = client.post(address(thread), opened(client, address(thread)) | {"disposition": "accepted", "reason": ""})

    assert page.status_code == 422
    assert form_errors(page) == "Give a reason. Whoever commented will read it."
    assert "checked" in page.content.decode()


def test_does_not_overwrite_what_another_lead_has_decided_meanwhile(cast: Cast, client_of: ClientOf) -> None:
    thread = comment(cast.introduction, cast.piet)
    client = client_of(cast.amira)
    stale = opened(client, address(thread)) | {"disposition": "accepted", "reason": "Right."}
    dispositions.dispose(thread, disposition="not_accepted", reason="Wrong.", by=cast.amira)

    page = client.post(address(thread), stale)

    assert page.status_code == 422
    assert "Somebody else has changed this since you opened it." in form_errors(page)


def test_a_suggestion_that_waits_is_decided_first(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    client = client_of(cast.amira)

    page = client.post(
        address(thread),
        opened(client, address(thread)) | {"disposition": "accepted", "reason": "Right.", "resolve": "on"},
    )

    assert "This thread suggests a change." in form_errors(page)
    thread.refresh_from_db()
    assert thread.disposition == ""


def test_the_page_of_a_comment_leads_a_lead_to_the_decision_and_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    thread, own = comment(cast.introduction, cast.piet), comment(cast.introduction, cast.ned, private=True)

    def offered(user: User, one: Thread) -> bool:
        return address(one) in client_of(user).get(reverse("thread", args=[one.pk])).content.decode()

    assert offered(cast.amira, thread)
    assert not offered(cast.ned, thread)
    assert not offered(cast.piet, thread)
    assert not offered(cast.amira, own)
