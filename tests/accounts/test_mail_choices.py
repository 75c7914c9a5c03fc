"""Choosing e-mails: on the page, and by the link in one of them."""

import pytest
from django.test import Client

from accounts.actions.notifications import notify
from accounts.mail_choices import choices_of, unsubscribe_link
from accounts.models import AuditEvent, How, Letter, MailChoice, Notification, User
from accounts.notification_kinds import GROUPS
from documents.notification_kinds import REPLY, ROUND_OPENED
from tests.documents.helpers import ClientOf
from tests.support.cast import Cast
from tests.support.checks import form_errors, last_event, nothing_changes

PAGE = "/notifications/e-mails/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def _all(how: How) -> dict[str, str]:
    return dict.fromkeys(GROUPS, how)


def _link(person: User, group: str) -> str:
    """The address in an e-mail, as a client of the test asks for it."""
    letter = Letter.objects.create(to=person, group=group)
    return "/" + unsubscribe_link(letter, group).split("/", 3)[3]


def test_who_has_chosen_nothing_is_told_within_minutes(cast: Cast) -> None:
    assert set(choices_of(cast.bo).values()) == {How.AT_ONCE}


def test_the_page_shows_and_stores_what_is_chosen(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bo)

    answer = client.post(PAGE, _all(How.AT_ONCE) | {"comments": How.DAILY, "rounds": How.NONE})

    assert answer.status_code == 302
    assert choices_of(cast.bo) == _all(How.AT_ONCE) | {"comments": How.DAILY, "rounds": How.NONE}
    assert client.get(PAGE).context["form"]["comments"].value() == How.DAILY
    assert last_event("mail.chosen").actor_id == cast.bo.pk


def test_a_form_that_lacks_an_answer_is_shown_again(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bo).post(PAGE, {"comments": How.NONE})

    assert answer.status_code == 422
    assert "Comment rounds: choose when you want an e-mail, or none." in form_errors(answer)
    assert not MailChoice.objects.exists()


def test_a_choice_that_there_is_not_is_refused(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.bo).post(PAGE, _all(How.NONE) | {"comments": "hourly"}).status_code == 422


def test_choosing_the_same_again_writes_nothing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bo)
    client.post(PAGE, _all(How.DAILY))
    before = AuditEvent.objects.count()

    client.post(PAGE, _all(How.DAILY))

    assert AuditEvent.objects.count() == before


def test_a_choice_holds_for_what_waits(cast: Cast, client_of: ClientOf) -> None:
    notify([cast.bo], REPLY, url="/")

    client_of(cast.bo).post(PAGE, _all(How.NONE))

    assert Notification.objects.get().mail_due_at is None


def test_one_click_ends_a_group_without_signing_in_and_without_a_forms_token(cast: Cast) -> None:
    mail_program = Client(enforce_csrf_checks=True)

    answer = mail_program.post(_link(cast.bo, "comments"), ONE_CLICK)

    assert answer.status_code == 200
    assert choices_of(cast.bo) == _all(How.AT_ONCE) | {"comments": How.NONE}
    assert last_event("mail.unsubscribed").object_id == str(cast.bo.pk)


def test_a_click_twice_is_as_good_as_once(cast: Cast) -> None:
    link = _link(cast.bo, "comments")
    Client().post(link, ONE_CLICK)

    with nothing_changes():
        assert Client().post(link, ONE_CLICK).status_code == 200


def test_looking_at_the_link_ends_nothing(cast: Cast) -> None:
    answer = Client().get(_link(cast.bo, "comments"))

    assert "Stop e-mails about comments and suggestions?" in answer.content.decode()
    assert choices_of(cast.bo)["comments"] == How.AT_ONCE


def test_the_daily_emails_link_ends_what_it_tells_of(cast: Cast) -> None:
    for group in ("comments", "writing"):
        MailChoice.objects.create(user=cast.bo, group=group, how=How.DAILY)

    Client().post(_link(cast.bo, ""), ONE_CLICK)

    assert choices_of(cast.bo) == _all(How.AT_ONCE) | {"comments": How.NONE, "writing": How.NONE}


def test_it_ends_nobody_elses(cast: Cast) -> None:
    Client().post(_link(cast.bo, "comments"), ONE_CLICK)

    assert choices_of(cast.bella)["comments"] == How.AT_ONCE


def test_who_unsubscribed_is_still_told_in_the_portal(cast: Cast) -> None:
    Client().post(_link(cast.bo, "comments"), ONE_CLICK)

    notify([cast.bo], REPLY, url="/")
    notify([cast.bo], ROUND_OPENED, url="/")

    assert {row.kind: row.mail_due_at is not None for row in Notification.objects.all()} == {
        REPLY: False,
        ROUND_OPENED: True,
    }


def test_the_link_names_nobody(cast: Cast) -> None:
    link = _link(cast.bo, "comments")

    assert cast.bo.pk.hex not in link
    assert str(cast.bo.pk) not in link


@pytest.mark.parametrize("token", ["x", "a:b:c", "é"])
def test_a_link_that_is_none_of_ours_leads_nowhere(token: str, db: None) -> None:
    assert Client().post(f"/unsubscribe/{token}/", ONE_CLICK).status_code == 404


def test_the_link_of_a_letter_that_is_gone_leads_nowhere(cast: Cast) -> None:
    link = _link(cast.bo, "comments")
    Letter.objects.all().delete()

    assert Client().post(link, ONE_CLICK).status_code == 404
