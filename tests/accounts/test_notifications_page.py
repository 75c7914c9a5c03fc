"""The page of what a person is told of, and its number in the navigation."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions.notifications import notify
from accounts.inbox import MOST_COUNTED, items, unread_count
from accounts.models import Notification, User
from accounts.notification_scopes import scope_of
from documents.actions import threads
from documents.notification_kinds import AGREED, MENTION, REPLY, ROUND_OPENED
from documents.threads.drafts import Draft
from partnerships.models import TeamRole
from reviews.actions import teams
from reviews.models import TeamMember
from tests.documents.helpers import ClientOf
from tests.support.cast import Cast
from tests.support.checks import fresh

LIST = "/notifications/"


def _tell(person: User, kind: str = REPLY, *, scope: str = "", cast: Cast) -> Notification:
    notify([person], kind, url=f"/reports/{cast.report.pk}/", scope=scope, organisation=cast.bristol)
    return Notification.objects.filter(to=person).latest("created_at")


def _page(client: Client, address: str = LIST) -> str:
    """What the page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return re.sub(r"\s+", " ", text)


def test_it_says_who_did_what_and_leads_there(cast: Cast, client_of: ClientOf) -> None:
    told = _tell(cast.ned, cast=cast)
    client = client_of(cast.ned)

    assert "Bristol replied to a comment of yours" in _page(client)
    answer = client.get(f"{LIST}{told.pk}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/reports/{cast.report.pk}/")


def test_it_names_no_report_section_or_person(cast: Cast, client_of: ClientOf) -> None:
    notify([cast.ned], REPLY, url="/", scope=scope_of("section", cast.findings.pk), organisation=cast.bristol, by=cast.bella)

    text = _page(client_of(cast.ned))

    assert "1 new" in text
    for secret in ("Findings", "A joint report about nothing", "A test review", "Bella"):
        assert secret not in text


def test_the_navigation_counts_what_is_new_on_every_page(cast: Cast, client_of: ClientOf) -> None:
    _tell(cast.ned, cast=cast)
    _tell(cast.ned, MENTION, cast=cast)

    assert "Notifications 2 new" in _page(client_of(cast.ned), "/my-work/")
    assert "new" not in _page(client_of(cast.nora), "/help/").split("Help")[0]


def test_the_first_screen_says_it_where_the_navigation_is_closed(cast: Cast, client_of: ClientOf) -> None:
    _tell(cast.ned, cast=cast)
    assert "1 new notification " in _page(client_of(cast.ned), "/my-work/")

    _tell(cast.ned, cast=cast)

    assert "2 new notifications " in _page(client_of(cast.ned), "/my-work/")


def test_following_one_marks_it_as_read(cast: Cast, client_of: ClientOf) -> None:
    told = _tell(cast.ned, cast=cast)

    client_of(cast.ned).get(f"{LIST}{told.pk}/")

    assert unread_count(cast.ned) == 0


def test_looking_at_its_address_without_opening_it_marks_nothing(cast: Cast, client_of: ClientOf) -> None:
    told = _tell(cast.ned, cast=cast)

    client_of(cast.ned).head(f"{LIST}{told.pk}/")

    assert unread_count(cast.ned) == 1


def test_one_can_be_marked_as_read_where_it_stands(cast: Cast, client_of: ClientOf) -> None:
    told = _tell(cast.ned, cast=cast)
    _tell(cast.ned, MENTION, cast=cast)

    answer = client_of(cast.ned).post(f"{LIST}{told.pk}/read/?about=comments")

    assert answer.headers["Location"] == f"{LIST}?about=comments"
    assert unread_count(cast.ned) == 1


def test_all_can_be_marked_as_read_and_nobody_elses(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.ned, cast.ned, cast.nora):
        _tell(person, cast=cast)

    client_of(cast.ned).post(f"{LIST}read/")

    assert (unread_count(cast.ned), unread_count(cast.nora)) == (0, 1)


def test_it_shows_only_what_is_asked_for(cast: Cast, client_of: ClientOf) -> None:
    read = _tell(cast.ned, REPLY, cast=cast)
    _tell(cast.ned, ROUND_OPENED, cast=cast)
    client = client_of(cast.ned)
    client.post(f"{LIST}{read.pk}/read/")

    assert "replied" not in _page(client, f"{LIST}?show=new")
    assert "asks your organisation" not in _page(client, f"{LIST}?about=comments")
    assert "replied" in _page(client, f"{LIST}?about=comments")
    assert "replied" in _page(client, f"{LIST}?about=nonsense&page=nonsense")


def test_it_is_gone_once_access_has_ended_and_its_number_too(cast: Cast, client_of: ClientOf) -> None:
    told = _tell(cast.ned, scope=scope_of("report", cast.report.pk), cast=cast)
    client = client_of(cast.ned)
    assert "1 new" in _page(client)

    teams.remove(TeamMember.objects.get(user=cast.ned), by=cast.amira)

    assert "No notifications" in _page(client)
    assert "1 new" not in _page(client)
    assert client.get(f"{LIST}{told.pk}/").status_code == 404


def test_it_is_back_when_access_is(cast: Cast) -> None:
    _tell(cast.ned, scope=scope_of("report", cast.report.pk), cast=cast)
    place = TeamMember.objects.select_related("participant").get(user=cast.ned)
    teams.remove(place, by=cast.amira)

    teams.add(place.participant, cast.ned, TeamRole(place.role), by=cast.amira)

    assert unread_count(fresh(cast.ned)) == 1


def test_another_organisations_own_thread_is_not_even_counted(cast: Cast) -> None:
    thread = threads.open(cast.introduction, Draft("Between us.", only_for_us=True), by=cast.bella)
    # As it would be if the row had been made by mistake.
    Notification.objects.create(to=cast.amira, kind=REPLY, url="/", scope=f"thread:{thread.pk}")

    assert (unread_count(cast.amira), items(cast.amira)) == (0, [])


def test_a_kind_that_is_known_no_longer_is_left_out(cast: Cast) -> None:
    Notification.objects.create(to=cast.ned, kind="of_an_older_portal", url="/")

    assert (unread_count(cast.ned), items(cast.ned)) == (0, [])


def test_it_costs_the_same_however_many_there_are(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [
        Notification(to=cast.bella, kind=kind, url="/", scope=f"{name}:{pk}")
        for kind in (REPLY, AGREED)
        for name, pk in (("report", cast.report.pk), ("section", cast.introduction.pk), ("section", cast.findings.pk))
    ]
    Notification.objects.bulk_create(rows)
    with django_assert_max_num_queries(12) as few:
        items(fresh(cast.bella))
    Notification.objects.bulk_create(
        Notification(to=cast.bella, kind=row.kind, url="/", scope=row.scope) for row in rows * 50
    )

    with django_assert_max_num_queries(len(few)):
        assert len(items(fresh(cast.bella))) == 306
    with django_assert_max_num_queries(len(few)):
        assert unread_count(fresh(cast.bella)) == MOST_COUNTED


def test_nothing_new_costs_one_query(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(1):
        assert unread_count(cast.ned) == 0


def test_long_lists_have_pages(cast: Cast, client_of: ClientOf) -> None:
    Notification.objects.bulk_create(Notification(to=cast.ned, kind=REPLY, url="/") for _ in range(31))
    client = client_of(cast.ned)

    assert len(client.get(LIST).context["page"]) == 30
    assert len(client.get(f"{LIST}?page=2").context["page"]) == 1


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "reports/"])
def test_it_never_leads_out_of_the_portal(url: str, cast: Cast) -> None:
    with pytest.raises(ValueError, match="a page of the portal"):
        notify([cast.ned], REPLY, url=url)
