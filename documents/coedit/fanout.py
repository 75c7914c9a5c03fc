"""What a room tells all its members: gathered for one turn of the loop, framed once, and not piled up for who is slow."""

from collections.abc import Callable, Mapping

from documents.coedit.frames import Bundle
from documents.coedit.member import Member
from documents.coedit.ticks import running_tick


class Fanout:
    """Relays to the members of one room. `state` tells the room's state vector, all that was relayed included."""

    def __init__(self, members: Mapping[Member, None], state: Callable[[], bytes]) -> None:
        self._members = members
        self._state = state
        self._tick = running_tick()
        self._batch: list[tuple[bytes, Member | None]] = []

    def add(self, body: bytes, *, but: Member | None = None) -> None:
        """Tell everybody but one, at the end of this turn."""
        if not self._batch:
            self._tick.relay(self.flush)
        self._batch.append((body, but))

    def flush(self) -> None:
        """Tell them now.

        A member whose socket lags gets what is at hand, and no more: it is noted what they have, for `Room.resync`.
        """
        batch, self._batch = self._batch, []
        if not batch:
            return
        self._send([body for body, _ in batch], _places(batch))
        lagging = [member for member in self._members if member.behind is None and member.link.is_lagging]
        if lagging:
            state = self._state()
            for member in lagging:
                member.behind = state

    def _send(self, bodies: list[bytes], own: dict[Member, list[int]]) -> None:
        bundles: dict[str, Bundle] = {}
        for member in tuple(self._members):
            if member.behind is not None:
                continue
            bundle = bundles.get(member.key)
            if bundle is None:
                bundle = bundles[member.key] = Bundle([member.prefix + body for body in bodies])
            if member in own:
                bundle = bundle.without(own[member])
            if bundle.messages:
                member.link.relay(bundle)


def _places(batch: list[tuple[bytes, Member | None]]) -> dict[Member, list[int]]:
    """Where in the batch the messages are that somebody does not get, being their author."""
    places: dict[Member, list[int]] = {}
    for place, (_, author) in enumerate(batch):
        if author is not None:
            places.setdefault(author, []).append(place)
    return places
