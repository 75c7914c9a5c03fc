"""Pages of comment rounds."""

from datetime import date

from django.urls import reverse

from documents.actions import dispositions, rounds
from documents.models import CommentRound, ReportState
from tests.documents.helpers import ClientOf, participant, said
from tests.documents.rounds import comment, in_days, opened, risk
from tests.partnerships.helpers import queries_of
from tests.support.cast import Cast
from tests.support.checks import form_errors


def answers(cast: Cast, day: date, **more: object) -> dict[str, object]:
    return {
        "name": "Factual accuracy",
        "note": "",
        "closes_on_day": day.day,
        "closes_on_month": day.month,
        "closes_on_year": day.year,
        "participants": [str(participant(cast.review, cast.bristol).pk)],
        **more,
    }


def test_a_lead_opens_one(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.amira).post(reverse("round_new", args=[cast.report.pk]), answers(cast, in_days(7)), follow=True)

    assert said(page) == "The round is open. The organisations have been told."
    words = page.content.decode()
    assert "in 7 days" in words
    assert "None yet" in words


def test_only_organisations_that_may_comment_are_offered(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.amira).get(reverse("round_new", args=[cast.report.pk])).content.decode()

    assert "Avon and Somerset Police" in page
    assert "South Gloucestershire Partnership</label>" not in page


def test_a_day_in_the_past_is_refused_and_nothing_typed_is_lost(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.amira).post(
        reverse("round_new", args=[cast.report.pk]), answers(cast, in_days(-1), note="Look at the dates.")
    )

    assert page.status_code == 422
    assert form_errors(page) == "This day is in the past. Choose today or a later day."
    assert "Look at the dates." in page.content.decode()
    assert not CommentRound.objects.exists()


def test_no_day_at_all_is_refused(cast: Cast, client_of: ClientOf) -> None:
    posted = answers(cast, in_days(7), closes_on_day="31", closes_on_month="2")

    page = client_of(cast.amira).post(reverse("round_new", args=[cast.report.pk]), posted)

    assert form_errors(page) == "Enter a real date, such as 27 11 2026."


def test_somebody_who_was_not_offered_is_refused(cast: Cast, client_of: ClientOf) -> None:
    gwens = str(participant(cast.review, cast.south_gloucestershire).pk)

    page = client_of(cast.amira).post(
        reverse("round_new", args=[cast.report.pk]), answers(cast, in_days(7), participants=[gwens])
    )

    assert "cannot comment on this report any more" in form_errors(page)


def test_the_list_shows_it_to_every_reader(cast: Cast, client_of: ClientOf) -> None:
    opened(cast)

    page = client_of(cast.gwen).get(reverse("report_rounds", args=[cast.report.pk])).content.decode()

    assert "Factual accuracy" in page
    assert "Open a round" not in page


def test_its_page_says_how_far_each_organisation_is(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    comment(cast.introduction, cast.piet)
    risk(cast.introduction, cast.piet)

    page = client_of(cast.amira).get(reverse("round", args=[made.pk])).content.decode()

    assert "2 comments, 0 of them decided, 2 not yet." in page
    assert "1 comment about an identification risk must be decided" in page


def test_a_private_comment_is_in_no_count_of_others_and_said_to_be_outside(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    before = client_of(cast.amira).get(reverse("round", args=[made.pk])).context["standing"]
    comment(cast.introduction, cast.bella, private=True)

    assert client_of(cast.amira).get(reverse("round", args=[made.pk])).context["standing"] == before
    own = client_of(cast.bella).get(reverse("round", args=[made.pk])).content.decode()
    assert "Your organisation keeps 1 comment to itself: it is in no round" in own


def test_it_cannot_be_closed_while_a_risk_waits_and_says_which(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    thread = risk(cast.introduction, cast.piet)
    client, address = client_of(cast.amira), reverse("round_close", args=[made.pk])

    page = client.post(address)

    words = page.content.decode()
    assert "cannot be closed yet: 1 comment about an identification risk" in words
    assert reverse("thread_disposition", args=[thread.pk]) in words
    dispositions.dispose(thread, disposition="noted", reason="It stays.", by=cast.amira)
    assert said(client.post(address, follow=True)) == "“Factual accuracy” is closed."


def test_the_last_day_is_changed(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    client, address, day = client_of(cast.amira), reverse("round_date", args=[made.pk]), in_days(10)
    seen = client.get(address).context["form"]["seen"].value()
    posted = {"closes_on_day": day.day, "closes_on_month": day.month, "closes_on_year": day.year, "seen": seen}

    assert said(client.post(address, posted, follow=True)) == "The last day has been changed."

    made.refresh_from_db()
    assert made.closes_on == day


def test_a_closed_one_offers_nothing_more(cast: Cast, client_of: ClientOf) -> None:
    made = opened(cast)
    rounds.close(made, by=cast.amira)

    page = client_of(cast.amira).get(reverse("round", args=[made.pk])).content.decode()

    assert "Closed by Amira Test-Okafor" in page
    assert "Close the round" not in page
    assert cast.report.state == ReportState.DRAFTING


def test_its_page_takes_the_same_queries_however_many_have_commented(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("round", args=[opened(cast).pk])
    comment(cast.introduction, cast.piet)
    few = queries_of(lambda: client_of(cast.amira).get(address))

    for _ in range(5):
        comment(cast.introduction, cast.piet)
        risk(cast.findings, cast.bella)

    assert queries_of(lambda: client_of(cast.amira).get(address)) == few


def test_the_list_takes_the_same_queries_however_many_rounds_there_were(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("report_rounds", args=[cast.report.pk])
    rounds.close(opened(cast), by=cast.amira)
    few = queries_of(lambda: client_of(cast.amira).get(address))

    for _ in range(3):
        rounds.close(opened(cast, cast.bristol, cast.police, cast.north_somerset), by=cast.amira)

    assert queries_of(lambda: client_of(cast.amira).get(address)) == few


def test_names_who_is_asked_as_everywhere_the_lead_first_and_partnerships_before_agencies(
    cast: Cast, client_of: ClientOf
) -> None:
    opened(cast, cast.police, cast.bristol, cast.north_somerset)

    page = client_of(cast.gwen).get(reverse("report_rounds", args=[cast.report.pk])).content.decode()

    names = [one.short_name for one in (cast.north_somerset, cast.bristol, cast.police)]
    assert f"Asked: {', '.join(names)}" in page
