"""An organisation's part in a review: invited by the lead; answered and ended by its own administrator."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from partnerships.actions import organisations
from partnerships.models import OrganisationKind
from reviews.actions import participants
from reviews.models import Participant, ParticipantState
from reviews.views import participation
from tests.partnerships.helpers import mail_to, text_of
from tests.reviews.helpers import WHY, ask_the_police_again, health_board, part_of, place_of, sees
from tests.support.cast import Cast
from tests.support.checks import form_errors, last_event, nothing_changes, refused

ClientOf = Callable[[User], Client]


def _part(participant: Participant, what: str = "") -> str:
    return f"/reviews/invitations/{participant.pk}/{what}"


class TestInviting:
    """`/reviews/<id>/invite/`."""

    def test_offers_only_those_who_can_answer_and_are_not_here(self, cast: Cast, client_of: ClientOf) -> None:
        board = health_board(cast.olive)
        organisations.create(
            slug="empty", kind=OrganisationKind.AGENCY, name="Nobody There", short_name="Nobody", initials="NO"
        )

        form = client_of(cast.amira).get(f"/reviews/{cast.review.pk}/invite/").context["form"]

        assert list(form.fields["organisations"].queryset) == [board]

    def test_invites_all_that_are_chosen(
        self, cast: Cast, client_of: ClientOf, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        board, client = health_board(cast.olive), client_of(cast.amira)

        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/reviews/{cast.review.pk}/invite/", {"organisations": [board.pk]}, follow=True)

        assert "The invitations are on their way" in text_of(answer)
        assert "/reviews/invitations/" in mail_to(cast.olive.email)
        assert part_of(cast, board).state == ParticipantState.INVITED

    def test_all_or_none(self, cast: Cast, client_of: ClientOf) -> None:
        board, client = health_board(cast.olive), client_of(cast.amira)

        with nothing_changes():
            answer = client.post(f"/reviews/{cast.review.pk}/invite/", {"organisations": [board.pk, cast.bristol.pk]})

        assert answer.status_code == 422
        assert "has been invited meanwhile. Choose again" in form_errors(answer)

    def test_one_that_is_refused_after_the_form_was_read_takes_the_others_with_it(self, cast: Cast) -> None:
        board = health_board(cast.olive)

        with refused("has been invited already"):
            participation._invite(cast.review, [board, cast.bristol], cast.amira)

    @pytest.mark.parametrize("chosen", [[""], ["not-an-id"], ["\x00"], ["0" * 9999]])
    def test_says_what_is_wrong(self, cast: Cast, client_of: ClientOf, chosen: list[str]) -> None:
        health_board(cast.olive)

        answer = client_of(cast.amira).post(f"/reviews/{cast.review.pk}/invite/", {"organisations": chosen})

        assert answer.status_code == 422
        assert form_errors(answer)


class TestWithdrawing:
    """`/reviews/invitations/<id>/withdraw/`."""

    def test_asks_first(self, cast: Cast, client_of: ClientOf) -> None:
        invitation, client = ask_the_police_again(cast), client_of(cast.amira)

        assert "Withdraw the invitation of Avon and Somerset Police?" in text_of(client.get(_part(invitation, "withdraw/")))
        answer = client.post(_part(invitation, "withdraw/"), follow=True)

        assert "has been withdrawn" in text_of(answer)
        assert client_of(cast.piet).get(_part(invitation)).status_code == 200

    def test_of_what_has_been_answered_leads_back_to_the_people(self, cast: Cast, client_of: ClientOf) -> None:
        answer = client_of(cast.amira).get(_part(part_of(cast, cast.bristol), "withdraw/"))

        assert (answer.status_code, answer["Location"]) == (302, f"/reviews/{cast.review.pk}/people/")

    def test_that_comes_too_late_says_so(self, cast: Cast, client_of: ClientOf) -> None:
        invitation = ask_the_police_again(cast)
        participants.decline(invitation, reason=WHY, by=cast.piet)

        answer = client_of(cast.amira).post(_part(invitation, "withdraw/"), follow=True)

        assert "answered or withdrawn meanwhile: declined" in text_of(answer)


class TestAnswering:
    """`/reviews/invitations/<id>/`."""

    def test_says_what_it_is_about_and_what_one_agrees_to(self, cast: Cast, client_of: ClientOf) -> None:
        page = text_of(client_of(cast.piet).get(_part(ask_the_police_again(cast))))

        for words in (cast.review.title, cast.review.reason, cast.amira.full_name, "equal owner"):
            assert words in page

    def test_is_on_record_as_a_reading(self, cast: Cast, client_of: ClientOf) -> None:
        client_of(cast.piet).get(_part(ask_the_police_again(cast)))

        event = last_event("review.read")
        assert (event.actor_id, event.organisation_id) == (cast.piet.pk, cast.police.pk)

    def test_accepts_with_a_team(self, cast: Cast, client_of: ClientOf) -> None:
        invitation = ask_the_police_again(cast)

        answer = client_of(cast.piet).post(_part(invitation), {f"role-{cast.piet.pk}": "reviewer"}, follow=True)

        assert "Avon and Somerset Police takes part" in text_of(answer)
        assert place_of(cast.piet).role == "reviewer"
        assert sees(cast.piet, cast.review)

    @pytest.mark.parametrize("role", ["", "admin", "lead\x00"])
    def test_asks_again_without_a_team(self, cast: Cast, client_of: ClientOf, role: str) -> None:
        invitation = ask_the_police_again(cast)

        answer = client_of(cast.piet).post(_part(invitation), {f"role-{cast.piet.pk}": role})

        assert answer.status_code == 422
        assert form_errors(answer)
        assert not sees(cast.piet, cast.review)

    def test_a_stranger_smuggled_in_gets_nothing(self, cast: Cast, client_of: ClientOf) -> None:
        invitation = ask_the_police_again(cast)

        client_of(cast.piet).post(_part(invitation), {f"role-{cast.piet.pk}": "author", f"role-{cast.sid.pk}": "lead"})

        assert not sees(cast.sid, cast.review)

    def test_shows_ones_own_team_afterwards(self, cast: Cast, client_of: ClientOf) -> None:
        page = text_of(client_of(cast.bella).get(_part(part_of(cast, cast.bristol))))

        assert "Bo Test-Quay" in page
        assert "Ned Test-Ashby" not in page

    @pytest.mark.parametrize("state", ["withdrawn", "declined", "left"])
    def test_says_no_more_about_the_review_once_it_is_over(self, cast: Cast, client_of: ClientOf, state: str) -> None:
        invitation = ask_the_police_again(cast)
        match state:
            case "withdrawn":
                participants.withdraw(invitation, by=cast.amira)
            case "declined":
                participants.decline(invitation, reason=WHY, by=cast.piet)
            case "left":
                invitation = Participant.objects.get(state="left", organisation=cast.police)

        page = text_of(client_of(cast.piet).get(_part(invitation)))

        assert "Your organisation does not take part" in page
        assert cast.review.title not in page
        assert cast.review.reason not in page


class TestDeclining:
    """`/reviews/invitations/<id>/decline/`."""

    def test_asks_why(self, cast: Cast, client_of: ClientOf) -> None:
        invitation, client = ask_the_police_again(cast), client_of(cast.piet)

        assert "Decline to take part in the review?" in text_of(client.get(_part(invitation, "decline/")))
        assert "Say why" in form_errors(client.post(_part(invitation, "decline/"), {"reason": " "}))
        answer = client.post(_part(invitation, "decline/"), {"reason": WHY}, follow=True)

        assert "You have declined" in text_of(answer)
        invitation.refresh_from_db()
        assert (invitation.state, invitation.reason) == (ParticipantState.DECLINED, WHY)

    def test_after_an_answer_leads_to_where_it_stands(self, cast: Cast, client_of: ClientOf) -> None:
        bristol = part_of(cast, cast.bristol)

        answer = client_of(cast.bella).get(_part(bristol, "decline/"))

        assert (answer.status_code, answer["Location"]) == (302, _part(bristol))

    def test_that_comes_too_late_keeps_what_was_typed(self, cast: Cast, client_of: ClientOf) -> None:
        answer = client_of(cast.bella).post(_part(part_of(cast, cast.bristol), "decline/"), {"reason": WHY})

        assert "answered or withdrawn meanwhile: taking part" in form_errors(answer)
        assert answer.context["form"]["reason"].value() == WHY


class TestLeaving:
    """`/reviews/invitations/<id>/leave/`."""

    def test_asks_first_and_then_nobody_can_open_it(self, cast: Cast, client_of: ClientOf) -> None:
        bristol, client = part_of(cast, cast.bristol), client_of(cast.bella)

        assert "Everybody of your organisation loses access at once" in text_of(client.get(_part(bristol, "leave/")))
        assert sees(cast.bo, cast.review)
        answer = client.post(_part(bristol, "leave/"), {"reason": WHY}, follow=True)

        assert "has left the review" in text_of(answer)
        assert not sees(cast.bo, cast.review)
        assert client.get(f"/reviews/{cast.review.pk}/").status_code == 404

    @pytest.mark.parametrize(("reason", "words"), [("", "Say why"), ("x" * 5001, "Shorten this to 5000 characters")])
    def test_needs_a_reason(self, cast: Cast, client_of: ClientOf, reason: str, words: str) -> None:
        answer = client_of(cast.bella).post(_part(part_of(cast, cast.bristol), "leave/"), {"reason": reason})

        assert (answer.status_code, sees(cast.bo, cast.review)) == (422, True)
        assert words in form_errors(answer)

    def test_is_refused_to_the_organisation_that_leads(self, cast: Cast, client_of: ClientOf) -> None:
        answer = client_of(cast.amira).post(_part(part_of(cast, cast.north_somerset), "leave/"), {"reason": WHY})

        assert "leads this review, so it cannot leave it" in form_errors(answer)

    def test_what_one_is_only_invited_to_is_declined_instead(self, cast: Cast, client_of: ClientOf) -> None:
        invitation = ask_the_police_again(cast)

        assert client_of(cast.piet).get(_part(invitation, "leave/"))["Location"] == _part(invitation)
