"""The sign-off page: the sheet, one answer a seat, and showing once more who one is."""

import json
import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from documents.actions import sign_offs
from documents.models import Decision, ReportState, SignOff, Version, VersionOpening
from partnerships.actions import seats as seat_actions
from partnerships.models import SeatHolder
from tests.accounts.helpers import code_of, give_app, give_passkey
from tests.documents.helpers import said
from tests.documents.signing_form import address, answers, confirmed
from tests.partnerships.helpers import text_of
from tests.support.authenticator import Authenticator as Device
from tests.support.cast import PASSWORD, Cast
from tests.support.checks import form_errors
from tests.support.seats import LONG_AGO, Chairs, police_in_each
from tests.support.signing import NO, everybody_signs, opens, out_for_signature, required, signs

ClientOf = Callable[[User], Client]


@pytest.fixture
def version(cast: Cast, chairs: Chairs) -> Version:
    version = out_for_signature(cast)
    opens(version, cast.bella)
    return version


def test_shows_from_the_start_which_seats_will_have_to_sign(cast: Cast, client_of: ClientOf, chairs: Chairs) -> None:
    page = text_of(client_of(cast.gwen).get(address(cast)))

    assert "3 signatures will be needed" in page
    assert "Bella Test-Harbour" in page


def test_says_what_is_missing_and_who_can_change_it(cast: Cast, client_of: ClientOf, chairs: Chairs) -> None:
    seat_actions.remove(SeatHolder.objects.get(seat=chairs["bristol"]), by=cast.bella)
    seat_actions.end(chairs["south_gloucestershire"], by=cast.gwen)
    seat_actions.appoint(chairs["north_somerset"], user=cast.olive, valid_from=LONG_AGO.replace(year=2021), by=cast.amira)

    page = text_of(client_of(cast.ned).get(address(cast)))

    assert "Independent chair of Bristol: nobody holds this seat today. Bella Test-Harbour can change that." in page
    assert "South Gloucestershire Partnership has not said who signs for it. Gwen Test-Vale can change that." in page
    assert "Olive Test-Marsh holds this seat, and cannot open the report. Amira Test-Okafor can change that." in page


def test_shows_the_sheet_to_everybody_and_the_form_to_signatories(cast: Cast, client_of: ClientOf, version: Version) -> None:
    ned, bella = client_of(cast.ned).get(address(cast)), client_of(cast.bella).get(address(cast))

    assert "0 of 3 signed." in text_of(ned)
    assert "3 seats are waiting." in text_of(ned)
    assert "Sign as" not in text_of(ned)
    assert "3 seats are waiting, 1 of them held by you." in text_of(bella)
    assert "Sign as Bella Test-Harbour" in text_of(bella)
    assert "checked" not in bella.content.decode()


def test_asks_to_open_the_text_first(cast: Cast, client_of: ClientOf, version: Version) -> None:
    page = client_of(cast.gwen).get(address(cast))

    assert "Read version 1 first" in text_of(page)
    assert "Sign as" not in text_of(page)


def test_the_page_of_the_version_is_what_opens_it(cast: Cast, client_of: ClientOf, version: Version) -> None:
    client_of(cast.gwen).get(f"/versions/{version.pk}/")

    assert VersionOpening.objects.filter(version=version, opened_by=cast.gwen).exists()


def test_signs_after_the_password_and_keeps_what_was_chosen(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    answer = confirmed(client_of(cast.bella), cast, answers(version, approved_with_note=[chairs["bristol"]]))

    assert "Your decision has been recorded" in said(answer)
    assert SignOff.objects.get().note == "Paragraph 4 is wrong."
    assert "1 of 3 signed" in text_of(answer)
    assert "“Paragraph 4 is wrong.”" in text_of(answer)


def test_nothing_is_recorded_without_the_password(cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs) -> None:
    posted = answers(version, approved=[chairs["bristol"]])

    answer = confirmed(client_of(cast.bella), cast, posted, password="not-her-password-at-all")

    assert "The password is not right" in form_errors(answer)
    assert not SignOff.objects.exists()


def test_a_password_of_some_minutes_ago_does_not_count(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    bella = client_of(cast.bella)
    bella.post("/accounts/reauthenticate/", {"password": PASSWORD})
    session = bella.session
    assert session["account_authentication_methods"][-1]["at"] <= time.time()

    asked = bella.post(address(cast), answers(version, approved=[chairs["bristol"]]))

    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not SignOff.objects.exists()


def test_each_password_signs_once(cast: Cast, client_of: ClientOf) -> None:
    police = police_in_each(cast)
    version = out_for_signature(cast)
    opens(version, cast.piet)
    piet = client_of(cast.piet)
    confirmed(piet, cast, answers(version, approved=[police["bristol"]]))

    asked = piet.post(address(cast), answers(version, approved=[police["north_somerset"]]))

    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert SignOff.objects.count() == 1


def test_three_seats_are_three_answers_on_one_screen(cast: Cast, client_of: ClientOf) -> None:
    police = police_in_each(cast)
    version = out_for_signature(cast)
    opens(version, cast.piet)
    piet = client_of(cast.piet)
    assert "You hold 3 seats. Each is a separate decision" in text_of(piet.get(address(cast)))

    both = [police["north_somerset"], police["south_gloucestershire"]]
    answer = confirmed(piet, cast, answers(version, approved=both, approved_with_note=[police["bristol"]]))

    assert "3 of 3 signed" in text_of(answer)
    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.AGREED


def test_asks_again_where_nothing_was_chosen(cast: Cast, client_of: ClientOf, version: Version) -> None:
    answer = client_of(cast.bella).post(address(cast), {"version": str(version.pk)})

    assert answer.status_code == 422
    assert "Choose an answer for at least one of your seats" in form_errors(answer)


def test_a_refusal_without_a_reason_is_asked_for_one(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    seat = required(version, chairs["bristol"])
    posted = {"version": str(version.pk), f"decision-{seat.pk}": "declined"}

    answer = client_of(cast.bella).post(address(cast), posted)

    assert "Say why you decline" in form_errors(answer)
    assert answer.status_code == 422


@pytest.mark.parametrize("decision", ["yes", "approved\x00", "a" * 10_000])
def test_an_answer_that_does_not_exist_is_asked_again(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs, decision: str
) -> None:
    seat = required(version, chairs["bristol"])

    answer = client_of(cast.bella).post(address(cast), {"version": str(version.pk), f"decision-{seat.pk}": decision})

    assert answer.status_code == 422
    assert not SignOff.objects.exists()


def test_an_answer_for_a_seat_of_somebody_else_is_not_heard(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    answer = client_of(cast.bella).post(address(cast), answers(version, approved=[chairs["south_gloucestershire"]]))

    assert answer.status_code == 422
    assert not SignOff.objects.exists()


def test_who_has_no_seat_is_told_so(cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs) -> None:
    answer = client_of(cast.ned).post(address(cast), answers(version, approved=[chairs["bristol"]]))

    assert "There is no seat that you can sign for now" in form_errors(answer)


def test_a_note_is_shown_as_it_was_typed(cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs) -> None:
    note = sign_offs.Answer(Decision.APPROVED_WITH_NOTE, "<script>alert(1)</script>")
    signs(version, [chairs["bristol"]], by=cast.bella, answer=note)

    page = client_of(cast.gwen).get(address(cast)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_what_has_ended_stays_on_the_sheet_with_who_and_why(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [chairs["south_gloucestershire"]], by=cast.gwen, answer=NO)

    now, sheet = (client_of(cast.ned).get(at) for at in (address(cast), f"/versions/{version.pk}/sheet/"))

    assert f'href="/versions/{version.pk}/sheet/"' in now.content.decode()
    assert "Gwen Test-Vale declined to sign it on" in text_of(sheet)
    assert "Made void by Gwen Test-Vale" in text_of(sheet)
    assert "Declined" in text_of(sheet)
    # Amira holds a seat that has not signed: who holds it today says nothing of that version.
    assert "Not signed" in text_of(sheet)
    assert cast.amira.full_name not in text_of(sheet).partition("Frozen")[0]


def test_the_sheet_is_printed_with_the_fingerprint(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    everybody_signs(version)

    page = text_of(client_of(cast.ned).get(f"/versions/{version.pk}/sheet/print/"))

    assert "3 of 3 seats" in page
    assert "0000 0000 0000" in page
    assert "Printed by Ned Test-Ashby" in page


def test_the_lead_opens_an_agreed_report_again(cast: Cast, client_of: ClientOf, version: Version) -> None:
    everybody_signs(version)
    amira = client_of(cast.amira)
    assert "Every signature on it is void" in text_of(amira.get(f"/reports/{cast.report.pk}/reopen/"))

    answer = amira.post(f"/reports/{cast.report.pk}/reopen/", {"reason": "A name has to go."}, follow=True)

    assert "All signatures are void; everybody is told." in said(answer)
    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.DRAFTING


def test_the_page_takes_a_constant_number_of_queries(
    cast: Cast, client_of: ClientOf, version: Version, django_assert_max_num_queries: Callable[..., object]
) -> None:
    everybody_signs(version)
    gwen = client_of(cast.gwen)

    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        gwen.get(address(cast))


def test_a_code_confirms_as_well_as_a_password(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs, settings: LazySettings
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the half minute may end between the code and its sending
    bella, secret = client_of(cast.bella), give_app(cast.bella)
    bella.post(address(cast), answers(version, approved=[chairs["bristol"]]))

    answer = bella.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret), "next": address(cast)}, follow=True)

    assert "Your decision has been recorded" in said(answer)
    assert SignOff.objects.get().signed_by == cast.bella


def test_a_passkey_confirms_as_well_as_a_password(cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs) -> None:
    bella, device = client_of(cast.bella), Device()
    bella.post("/accounts/reauthenticate/", {"password": PASSWORD})
    give_passkey(bella, cast.bella, device)
    bella.post(address(cast), answers(version, approved=[chairs["bristol"]]))
    page = bella.get(f"/accounts/2fa/passkeys/reauthenticate/?next={address(cast)}")
    assert "You are about to sign. What you have chosen is kept." in text_of(page)
    options = page.context["js_data"]["request_options"]["publicKey"]

    credential = json.dumps(device.get(options))
    answer = bella.post(
        "/accounts/2fa/passkeys/reauthenticate/", {"credential": credential, "next": address(cast)}, follow=True
    )

    assert "Your decision has been recorded" in said(answer)


def test_who_signs_in_through_their_organisation_needs_a_fresh_sign_in(
    cast: Cast, client_of: ClientOf, version: Version, chairs: Chairs
) -> None:
    cast.bella.set_unusable_password()
    cast.bella.save()

    answer = client_of(cast.bella).post(address(cast), answers(version, approved=[chairs["bristol"]]))

    assert answer.status_code == 422
    assert "Sign out, sign in again, and do this within five minutes" in form_errors(answer)
    assert not SignOff.objects.exists()
