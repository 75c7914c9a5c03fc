"""The addresses of seats and of signing, and what each of the cast gets there."""

from partnerships.models import Seat, SeatHolder
from tests.laws.permission_matrix import OFF_REVIEW, ON_REVIEW, Route, lead, of_report, reader, unfinished
from tests.laws.permission_partnerships import north_somersets
from tests.support.cast import Cast
from tests.support.seats import seat
from tests.support.states import blank_version

# They administer a partnership; Piet administers an agency, which has no seats.
PARTNERSHIP_ADMINS = {"amira", "bella", "gwen"}


def _chair(cast: Cast) -> Seat:
    return seat(cast.north_somerset, "Independent chair", cast.amira, by=cast.amira)


def _seat(cast: Cast) -> dict[str, object]:
    return {"pk": _chair(cast).pk}


def _holder(cast: Cast) -> dict[str, object]:
    return {"pk": SeatHolder.objects.get(seat=_chair(cast)).pk}


def _frozen(cast: Cast) -> dict[str, object]:
    return {"pk": blank_version(cast.report).pk}


def _administration(name: str, status: int = 200, method: str = "GET") -> Route:
    """A page for administrators of partnerships, about their own."""
    answers = {status: PARTNERSHIP_ADMINS, 403: (ON_REVIEW | OFF_REVIEW) - PARTNERSHIP_ADMINS}
    return Route(name, answers, method=method, data=unfinished)


SIGNING = [
    reader("report_sign_off"),
    # Nothing is out for signature: everybody who sees the sheet is told so.
    Route("report_sign_off", {422: ON_REVIEW}, arguments=of_report, method="POST", data=unfinished),
    # A draft need not be opened again.
    lead("report_reopen", 302),
    lead("report_reopen", 422, method="POST", data=unfinished),
    Route("version_sheet", {200: ON_REVIEW}, arguments=_frozen),
    Route("version_sheet_print", {200: ON_REVIEW}, arguments=_frozen),
    Route("version_evidence", {200: ON_REVIEW}, arguments=_frozen),
    _administration("seats"),
    _administration("seat_new"),
    _administration("seat_new", 422, "POST"),
    north_somersets("seat_rename", _seat),
    north_somersets("seat_up", _seat, 302, "POST"),
    north_somersets("seat_end", _seat),
    north_somersets("seat_end", _seat, 302, "POST"),
    north_somersets("seat_appoint", _seat),
    north_somersets("seat_holder_days", _holder),
    north_somersets("seat_holder_remove", _holder),
    north_somersets("seat_holder_remove", _holder, 302, "POST"),
]
