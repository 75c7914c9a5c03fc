"""A report of the cast that is out for signature, for tests of what comes after."""

from collections.abc import Iterable

from accounts.models import User
from documents.actions import restrictions, sign_offs, states, versions
from documents.actions.sign_offs import Answer
from documents.lifecycle import FREEZE
from documents.models import Decision, RequiredSeat, SignOff, Version, VersionOpening
from documents.sign_off import signatures
from partnerships.models import Seat
from tests.documents.helpers import write
from tests.support.cast import Cast
from tests.support.states import blank_version

YES = Answer(Decision.APPROVED)
NO = Answer(Decision.DECLINED, "Paragraph 4 is wrong.")


def out_for_signature(cast: Cast) -> Version:
    """A frozen version that every present seat of the three partnerships has to sign; it holds no text."""
    version = blank_version(cast.report)
    for participant, seats in signatures.seats_needed(cast.report):
        sign_offs.require(version, participant, [one.seat for one in seats])
    states.move(cast.report, FREEZE, by=cast.amira, version=version)
    version.report = cast.report
    return version


def frozen_with_text(cast: Cast) -> Version:
    """The cast's report frozen as the product does it, after Ned and Bella have written and nothing is restricted openly."""
    write(cast.introduction, "Wren came to us in spring.", by=cast.ned)
    write(cast.findings, "Nobody asked her.", by=cast.bella)
    restrictions.release(cast.restricted_listed, by=cast.amira)
    return versions.freeze(cast.report, name="For signature", by=cast.amira)


def required(version: Version, seat: Seat) -> RequiredSeat:
    """The row of a seat that has to sign."""
    return RequiredSeat.objects.select_related("participant__organisation", "version").get(version=version, seat=seat)


def opens(version: Version, *people: User) -> None:
    """They have opened the text."""
    for person in people:
        VersionOpening.objects.get_or_create(version=version, opened_by=person)


def signs(version: Version, seats: Iterable[Seat], *, by: User, answer: Answer = YES) -> list[SignOff]:
    """Somebody opens the text and says the same for each of these seats."""
    opens(version, by)
    fresh = Version.objects.select_related("report__review").get(pk=version.pk)
    return sign_offs.sign(fresh, {required(fresh, seat): answer for seat in seats}, by=by)


def everybody_signs(version: Version) -> None:
    """Whoever holds a seat approves for it."""
    for one in RequiredSeat.objects.filter(version=version):
        holder = one.seat.holders.filter(is_deputy=False).get()
        signs(version, [one.seat], by=holder.user)


def decisions(version: Version) -> list[SignOff]:
    """All of a version, void ones too, as they were made."""
    return list(SignOff.objects.filter(required_seat__version=version).select_related("signed_by", "voided_by"))
