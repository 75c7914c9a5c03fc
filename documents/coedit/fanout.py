"""What a room tells all its members: gathered for one turn of the loop, framed once, and not piled up for who is slow."""

import asyncio
from collections.abc import Callable, Mapping

from documents.coedit.frames import Bundle
from documents.coedit.member import Member
from documents.coedit.ticks import running_tick

# A room in which much is said tells it in lots, so long apart; the more members, the more is gained by that. Where nothing
# has been said for so long, nobody waits. Loops count in whole milliseconds.
GAPS = ((64, 0.004), (16, 0.002), (0, 0.001))


class Fanout:
    """Relays to the members of one room. `state` tells the room's state vector, all that was relayed included."""

    def __init__(self, members: Mapping[Member, None], state: Callable[[], bytes]) -> None:
        self._members = members
        self._state = state
        self._tick = running_tick()
        self._loop = asyncio.get_running_loop()
        self._batch: list[tuple[bytes, Member | None]] = []
        self._saved: list[tuple[Member, int]] = []
        self._flushed_at = 0.0

    def add(self, body: bytes, *, but: Member | None = None) -> None:
        """Tell everybody but one, at the end of this turn or a little later."""
        if not self._batch:
            self._schedule()
        self._batch.append((body, but))

    def saved(self, member: Member, messages: int) -> None:
        """Tell a member that their messages are stored: with what they are about to be told anyway, or at once."""
        if self._batch:
            self._saved.append((member, messages))
        else:
            member.saved(messages)

    def confirm(self) -> None:
        """Tell now who waits for that what is stored."""
        saved, self._saved = self._saved, []
        for member, messages in saved:
            if member in self._members:
                member.saved(messages)

    def flush(self) -> None:
        """Tell them now.

        A member whose socket lags gets what is at hand, and no more: it is noted what they have, for `Room.resync`.
        """
        batch, self._batch = self._batch, []
        if not batch:
            return
        self._flushed_at = self._loop.time()
        self._send([body for body, _ in batch], _places(batch))
        self.confirm()
        lagging = [member for member in self._members if member.behind is None and member.link.is_lagging]
        if lagging:
            state = self._state()
            for member in lagging:
                member.behind = state

    def _schedule(self) -> None:
        gap = next(gap for members, gap in GAPS if len(self._members) >= members)
        wait = self._flushed_at + gap - self._loop.time()
        if wait > 0:
            self._loop.call_later(wait, self.flush)
        else:
            self._tick.relay(self.flush)

    def _send(self, bodies: list[bytes], own: dict[Member, list[int]]) -> None:
        bundles: dict[str, Bundle] = {}
        for member in tuple(self._members):
            if member.behind is not None:
                continue
            bundle = bundles.get(member.key)
            if bundle is None:
                bundle = bundles[member.key] = Bundle([member.prefix + body for body in bodies])
            left_out = own.get(member)
            if left_out is None:
                member.link.relay(bundle)
            elif len(left_out) < len(bodies):
                member.link.relay(bundle.without(left_out))


def _places(batch: list[tuple[bytes, Member | None]]) -> dict[Member, list[int]]:
    """Where in the batch the messages are that somebody does not get, being their author."""
    places: dict[Member, list[int]] = {}
    for place, (_, author) in enumerate(batch):
        if author is not None:
            places.setdefault(author, []).append(place)
    return places
