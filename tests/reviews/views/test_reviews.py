"""The list of reviews, a new one, and its overview, people and history."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from partnerships.models import TeamRole
from reviews.actions import participants, reviews, teams
from reviews.models import Marking, Review, ReviewKind
from tests.partnerships.helpers import ADMIN, employ_by_the_police_too, queries_of, text_of
from tests.reviews.helpers import WHY, ask_the_police_again, part_of, place_of
from tests.support.cast import Cast
from tests.support.checks import form_errors, last_event, nothing_changes

ClientOf = Callable[[User], Client]
FACTS = {
    "title": "A second review",
    "reference": "T-2",
    "kind": "thematic",
    "reason": "To learn.",
    "lead_reason": "We live nearest.",
    "marking": "official",
}


def _open(cast: Cast, title: str = "Another") -> Review:
    return reviews.open(
        organisation=cast.bristol, title=title, reason="R", kind=ReviewKind.RAPID, lead_reason="L", by=cast.bella
    )


class TestTheList:
    """`/reviews/`."""

    def test_shows_what_one_is_on_with_the_role_and_who_leads(self, cast: Cast, client_of: ClientOf) -> None:
        (row,) = client_of(cast.bo).get("/reviews/").context["rows"]

        assert (row["review"], row["lead"], row["roles"]) == (cast.review, cast.north_somerset, ["observer"])
        assert {one.short_name for one in row["joined"]} == {
            "North Somerset",
            "Bristol",
            "South Gloucestershire",
            "Police",
        }

    @pytest.mark.parametrize("who", ["olive", "sid"])
    def test_is_empty_for_strangers_and_says_how_one_gets_on_a_review(
        self, cast: Cast, client_of: ClientOf, who: str
    ) -> None:
        page = text_of(client_of(getattr(cast, who)).get("/reviews/"))

        assert "You are on no review yet" in page
        assert cast.review.title not in page

    def test_shows_an_administrator_where_their_organisation_takes_part(self, cast: Cast, client_of: ClientOf) -> None:
        teams.remove(place_of(cast.piet), by=cast.piet)

        answer = client_of(cast.piet).get("/reviews/")

        assert answer.context["rows"] == []
        assert [one.review for one in answer.context["administered"]] == [cast.review]

    def test_puts_invitations_that_wait_first(self, cast: Cast, client_of: ClientOf) -> None:
        invitation = ask_the_police_again(cast)
        participants.accept(
            participants.invite(_open(cast), cast.police, by=cast.bella), team={cast.piet: TeamRole.AUTHOR}, by=cast.piet
        )

        administered = list(client_of(cast.piet).get("/reviews/").context["administered"])

        assert administered[0] == invitation
        assert len(administered) == 2

    @pytest.mark.parametrize(("who", "offered"), [("bella", 1), ("bo", 0), ("piet", 0), ("sid", 0)])
    def test_offers_to_open_one_to_a_partnerships_administrator(
        self, cast: Cast, client_of: ClientOf, who: str, offered: int
    ) -> None:
        page = text_of(client_of(getattr(cast, who)).get("/reviews/"))

        assert page.count("/reviews/new/") == offered

    def test_costs_the_same_for_three_reviews_and_for_thirty(self, cast: Cast, client_of: ClientOf) -> None:
        client = client_of(cast.bella)
        for number in range(2):
            _open(cast, f"Review {number}")
        three = queries_of(lambda: client.get("/reviews/"))

        for number in range(27):
            _open(cast, f"More {number}")

        assert queries_of(lambda: client.get("/reviews/")) == three
        assert len(client.get("/reviews/").context["rows"]) == 20
        assert len(client.get("/reviews/?page=2").context["rows"]) == 10


class TestOpening:
    """`/reviews/new/`."""

    def test_opens_a_review_and_says_what_comes_next(self, cast: Cast, client_of: ClientOf) -> None:
        answer = client_of(cast.bella).post("/reviews/new/", FACTS, follow=True)

        review = Review.objects.get(title="A second review")
        assert answer.redirect_chain == [(f"/reviews/{review.pk}/", 302)]
        assert "Now invite the other partnerships" in text_of(answer)
        assert (review.reference, review.kind, review.marking) == ("T-2", ReviewKind.THEMATIC, Marking.OFFICIAL)

    def test_proposes_official_sensitive(self, cast: Cast, client_of: ClientOf) -> None:
        form = client_of(cast.bella).get("/reviews/new/").context["form"]

        assert form["marking"].value() == Marking.OFFICIAL_SENSITIVE

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": " \n "}, "Enter a title"),
            ({"title": "x" * 201}, "Shorten this to 200 characters"),
            ({"title": "a\x00b"}, "Null characters"),
            ({"kind": "invented"}, "not one of the available choices"),
            ({"kind": ""}, "Choose what kind of review it is"),
            ({"reason": ""}, "Say why there is a review"),
            ({"reason": "x" * 5001}, "Shorten this to 5000 characters"),
            ({"lead_reason": "  "}, "Say why your partnership leads"),
            ({"marking": "secret"}, "not one of the available choices"),
            ({"reference": "x" * 41}, "Shorten this to 40 characters"),
        ],
    )
    def test_keeps_what_was_typed_and_says_what_is_wrong(
        self, cast: Cast, client_of: ClientOf, changes: dict[str, str], words: str
    ) -> None:
        client = client_of(cast.bella)

        with nothing_changes():
            answer = client.post("/reviews/new/", FACTS | changes)

        assert answer.status_code == 422
        assert words in form_errors(answer)
        kept = "lead_reason" if "lead_reason" not in changes else "reason"
        assert answer.context["form"][kept].value() == FACTS[kept]

    def test_leads_with_the_partnership_named(self, cast: Cast, client_of: ClientOf) -> None:
        employ_by_the_police_too(cast, cast.bella, ADMIN)
        client = client_of(cast.bella)

        assert client.get("/reviews/new/?of=kbsp").context["organisation"] == cast.bristol
        assert client.get("/reviews/new/?of=police").status_code == 403
        assert client.get("/reviews/new/?of=nsscp").status_code == 404


class TestTheOverview:
    """`/reviews/<id>/`."""

    def test_says_what_was_decided_and_who_is_on_it(self, cast: Cast, client_of: ClientOf) -> None:
        page = text_of(client_of(cast.gwen).get(f"/reviews/{cast.review.pk}/"))

        for words in (cast.review.title, cast.review.lead_reason, "Amira Test-Okafor", "OFFICIAL-SENSITIVE"):
            assert words in page

    def test_every_reading_is_on_record(self, cast: Cast, client_of: ClientOf) -> None:
        client_of(cast.gwen).get(f"/reviews/{cast.review.pk}/")

        event = last_event("review.read")
        assert (event.actor_id, event.organisation_id) == (cast.gwen.pk, cast.south_gloucestershire.pk)
        assert event.data == {"page": "overview"}

    def test_an_attempt_of_a_stranger_reads_nothing(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.olive).get(f"/reviews/{cast.review.pk}/").status_code == 404

        assert not AuditEvent.objects.filter(verb="review.read", actor_id=cast.olive.pk).exists()


class TestItsPeople:
    """`/reviews/<id>/people/`."""

    def test_shows_every_team_and_lets_one_change_ones_own(self, cast: Cast, client_of: ClientOf) -> None:
        answer = client_of(cast.bella).get(f"/reviews/{cast.review.pk}/people/")

        managed = {team["participant"].organisation for team in answer.context["teams"] if team["managed"]}
        assert managed == {cast.bristol}
        page = text_of(answer)
        assert f"/reviews/members/{place_of(cast.bo).pk}/remove/" in page
        assert f"/reviews/members/{place_of(cast.ned).pk}/remove/" not in page

    def test_only_leads_see_who_declined_or_left_and_why(self, cast: Cast, client_of: ClientOf) -> None:
        participants.leave(part_of(cast, cast.police), reason=WHY, by=cast.piet)
        here = f"/reviews/{cast.review.pk}/people/"

        assert WHY in text_of(client_of(cast.amira).get(here))
        assert WHY not in text_of(client_of(cast.bella).get(here))

    def test_says_that_somebody_is_deactivated(self, cast: Cast, client_of: ClientOf) -> None:
        User.objects.filter(pk=cast.bo.pk).update(is_active=False, deactivated_at="2026-11-01T00:00Z")

        assert "the account is deactivated" in text_of(client_of(cast.gwen).get(f"/reviews/{cast.review.pk}/people/"))


class TestItsHistory:
    """`/reviews/<id>/history/`."""

    def test_tells_in_plain_words(self, cast: Cast, client_of: ClientOf) -> None:
        teams.change_role(place_of(cast.bo), TeamRole.AUTHOR, by=cast.bella)

        page = text_of(client_of(cast.amira).get(f"/reviews/{cast.review.pk}/history/"))

        assert "changed the role of Bo Test-Quay on a review from observer to author" in page
        assert "team.role_changed" not in page

    def test_has_pages(self, cast: Cast, client_of: ClientOf) -> None:
        client = client_of(cast.amira)
        for _ in range(60):
            client_of(cast.gwen).get(f"/reviews/{cast.review.pk}/")

        assert len(client.get(f"/reviews/{cast.review.pk}/history/").context["lines"]) == 50
        assert client.get(f"/reviews/{cast.review.pk}/history/?page=2").context["page"].number == 2

    def test_holds_nothing_of_another_review(self, cast: Cast, client_of: ClientOf) -> None:
        other = _open(cast)

        lines = client_of(cast.bella).get(f"/reviews/{other.pk}/history/").context["lines"]

        assert {line.actor for line in lines} == {"Bella Test-Harbour"}
