"""The sign-off sheet: rows are roles, columns are partnerships, a cell is a seat with who signs it and what they decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from documents.models import Decision, Report, ReportState, RequiredSeat, SignOff, Version
from documents.sign_off import signatures
from partnerships.models import Organisation, Seat
from partnerships.seating import Seating, seatings


@dataclass(frozen=True, slots=True)
class Cell:
    """One seat. `sign_off` is what stands, `void` what was signed and has ended, the latest first."""

    name: str
    partnership: Organisation
    seating: Seating
    required: RequiredSeat | None = None
    sign_off: SignOff | None = None
    void: Sequence[SignOff] = ()
    is_open: bool = False
    is_yours: bool = False
    as_deputy: bool = False
    warning: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether the seat has approved."""
        return self.sign_off is not None and self.sign_off.decision != Decision.DECLINED


@dataclass(frozen=True, slots=True)
class Row:
    """A role, with its seat in each partnership (in the order of the columns), or None."""

    name: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`version` is None while the report is being written: then these are the seats that would have to sign today."""

    version: Version | None
    partnerships: Sequence[Organisation]
    rows: Sequence[Row]
    missing: Sequence[signatures.Obstacle] = field(default=())

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell is not None]

    @property
    def signed(self) -> int:
        return sum(cell.is_signed for cell in self.cells)

    @property
    def yours(self) -> list[Cell]:
        """The seats that the viewer can sign now."""
        return [cell for cell in self.cells if cell.is_yours]

    @property
    def waiting(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_signed]


def planned_sheet(report: Report) -> Sheet:
    """The seats needed, from the start of drafting, with what is still missing."""
    missing = signatures.obstacles(report)
    words = {one.seat.pk: one.words for one in missing if one.seat}
    cells = [
        Cell(one.seat.name, participant.organisation, one, warning=words.get(one.seat.pk, ""))
        for participant, seats in signatures.seats_needed(report)
        for one in seats
    ]
    partnerships = [participant.organisation for participant in signatures.signing_participants(report)]
    return Sheet(None, partnerships, _rows(cells, partnerships), missing)


def sheet_of(version: Version, user: User | None = None) -> Sheet:
    """The seats of a version as they were fixed, what each decided, and which of them this person can sign now."""
    report = version.report
    is_out = report.state == ReportState.FROZEN and report.signed_version_id == version.pk
    required = list(
        RequiredSeat.objects.filter(version=version)
        .select_related("participant__organisation", "seat__partnership", "seat__agency")
        .prefetch_related("seat__holders__user", "decisions__signed_by", "decisions__voided_by", "decisions__organisation")
    )
    sitting = {one.seat.pk: one for one in seatings(_seats(required))}
    may_open = signatures.readers(report) if is_out else set()
    cells = [_cell(one, sitting[one.seat_id], user, may_open, is_out=is_out) for one in required]
    partnerships = list({cell.partnership.pk: cell.partnership for cell in cells}.values())
    return Sheet(version, partnerships, _rows(cells, partnerships))


def _seats(required: Iterable[RequiredSeat]) -> list[Seat]:
    return list({one.seat_id: one.seat for one in required}.values())


def _cell(one: RequiredSeat, seating: Seating, user: User | None, may_open: set[UUID], *, is_out: bool) -> Cell:
    decisions = list(one.decisions.all())
    stands = next((row for row in decisions if row.voided_at is None), None)
    waits = is_out and stands is None
    can_sign = [person for person in seating.people if person.pk in may_open]
    return Cell(
        name=one.name,
        partnership=one.participant.organisation,
        seating=seating,
        required=one,
        sign_off=stands,
        void=[row for row in reversed(decisions) if row.voided_at is not None],
        is_open=waits,
        is_yours=waits and user in can_sign,
        as_deputy=seating.holder is None or seating.holder.user != user,
        warning="" if not waits or can_sign else _nobody(seating),
    )


def _nobody(seating: Seating) -> str:
    if not seating.people:
        return "Nobody holds this seat today."
    return f"{seating.people[0].full_name} cannot open the report."


def _rows(cells: Sequence[Cell], partnerships: Sequence[Organisation]) -> list[Row]:
    """Seats that are called the same in several partnerships share a row."""
    names = list({cell.name.casefold(): cell.name for cell in cells}.items())
    place = {(cell.name.casefold(), cell.partnership.pk): cell for cell in cells}
    return [Row(name, [place.get((key, one.pk)) for one in partnerships]) for key, name in names]
