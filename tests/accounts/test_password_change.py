"""Changing one's password."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from tests.accounts.helpers import is_signed_in, letters, sign_in, trail
from tests.support.cast import PASSWORD, Cast

CHANGE, NEW = "/accounts/password/change/", "four-hills-one-harbour"


def test_one_stays_signed_in_here_and_is_signed_out_everywhere_else(cast: Cast, client_of: Callable[[User], Client]) -> None:
    here, elsewhere = client_of(cast.ned), client_of(cast.ned)

    here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW})

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert trail("session.all_ended")[0].data == {"count": 2, "kept_one": True}


def test_the_new_password_counts_from_now_on(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client_of(cast.ned).post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW})
    old, new = Client(), Client()

    sign_in(old, cast.ned)
    sign_in(new, cast.ned, NEW)

    assert not is_signed_in(old)
    assert is_signed_in(new)
    assert trail("password.changed")[0].actor_id == cast.ned.pk
    assert "The password of your account" in letters()[-1].body


def test_without_the_old_password_nothing_changes(cast: Cast, client_of: Callable[[User], Client]) -> None:
    answer = client_of(cast.ned).post(CHANGE, {"oldpassword": "a-guess-of-somebody", "password1": NEW})

    errors = answer.context["form"].errors
    assert errors == {"oldpassword": ["The current password is not right. Enter the password you sign in with now."]}
    assert User.objects.get(pk=cast.ned.pk).check_password(PASSWORD)


def test_a_password_that_is_easy_to_guess_is_refused_at_its_field(cast: Cast, client_of: Callable[[User], Client]) -> None:
    answer = client_of(cast.ned).post(CHANGE, {"oldpassword": PASSWORD, "password1": "ned@cast.example"})

    assert list(answer.context["form"].errors) == ["password1"]
    assert User.objects.get(pk=cast.ned.pk).check_password(PASSWORD)


def test_the_form_asks_for_it_once_and_helps_password_managers(cast: Cast, client_of: Callable[[User], Client]) -> None:
    page = client_of(cast.ned).get(CHANGE).content.decode()

    assert page.count('autocomplete="current-password"') == 1
    assert page.count('autocomplete="new-password"') == 1


def test_who_signs_in_through_their_organisation_is_told_that_the_password_is_there(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    cast.ned.set_unusable_password()
    cast.ned.save()
    client = client_of(cast.ned)

    answer = client.post(CHANGE, {"oldpassword": "", "password1": NEW})

    assert "your password is kept there" in answer.content.decode()
    assert not User.objects.get(pk=cast.ned.pk).has_usable_password()
