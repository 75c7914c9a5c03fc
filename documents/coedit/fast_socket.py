"""uvicorn's WebSocket class with a short way between the transport and a session.

The class below is not a documented interface of uvicorn, so `fast_check` looks at it before it is used. Handshake,
fragments, control frames, compression, closing and everything that is wrong stay with it and with its parser.
"""

import asyncio
from typing import Any, Protocol

from django.conf import settings
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from documents.coedit import link
from documents.coedit.fast_frames import Walker
from documents.coedit.fast_link import DirectLink
from documents.coedit.link import CloseCode

# Where the application finds the socket in its scope.
EXTENSION = "coedit"


class Receiver(Protocol):
    """Who hears what the client says."""

    def receive(self, frame: bytes) -> None: ...

    def end(self, code: CloseCode, reason: str) -> None: ...

    def leave(self) -> None: ...


class DirectSocket(WebSocketsSansIOProtocol):
    """Once started, messages go to a receiver at once, and what its link says goes to the transport."""

    has_walker = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._link: DirectLink | None = None
        self._receiver: Receiver | None = None
        self._walker: Walker | None = None
        self._reads = 0
        self._is_detached = False
        self._doom: asyncio.TimerHandle | None = None

    async def run_asgi(self) -> None:
        extensions: Any = self.scope["extensions"]
        extensions[EXTENSION] = self
        await super().run_asgi()

    # What the application calls.

    def open_link(self) -> DirectLink:
        self._link = DirectLink(self)
        return self._link

    def start(self, receiver: Receiver) -> None:
        """From now on the receiver hears all messages. The handshake has just been accepted."""
        self._receiver = receiver
        if self.disconnected or self.transport.is_closing():
            self._detach()
            return
        self.transport.set_write_buffer_limits(high=link.LAG_BYTES)
        self._hear_what_came_early(receiver)
        # Whoever spoke before the handshake was done may have left the library in the midst of a frame.
        if self.has_walker and self._reads == 1 and not self._is_detached:
            self._walker = Walker(receiver.receive, self._hand_over, settings.COEDIT_MAX_FRAME_BYTES)

    def _hear_what_came_early(self, receiver: Receiver) -> None:
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for event in waiting:
            if event["type"] != "websocket.receive":
                self.queue.put_nowait(event)
            elif (data := event.get("bytes")) is not None:
                receiver.receive(data)
            else:
                receiver.end(CloseCode.NOT_BINARY, "malformed")
        if self.read_paused:
            self.read_paused = False
            self.listen(is_calm=True)

    # What the link calls.

    def carry(self, frames: bytes) -> None:
        if not self._is_detached:
            self.transport.write(frames)

    @property
    def uncarried(self) -> int:
        return self.transport.get_write_buffer_size()

    def listen(self, is_calm: bool) -> None:
        if self.transport.is_closing():
            return
        if is_calm:
            self.transport.resume_reading()
        else:
            self.transport.pause_reading()

    def finish(self, code: int, reason: str) -> None:
        self._detach()
        if self.close_sent or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.listen(is_calm=True)
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)

    # What the transport and the library call.

    def data_received(self, data: bytes) -> None:
        if self._walker is not None:
            self._walker.feed(data)
        else:
            self._reads += 1
            super().data_received(data)

    def _hand_over(self, data: bytes) -> None:
        if not self.transport.is_closing():
            super().data_received(data)

    def send_receive_event_to_app(self) -> None:
        receiver = self._receiver
        if receiver is None:
            super().send_receive_event_to_app()
            return
        frames, self.frames = self.frames, []
        if self._is_detached or self.close_sent:
            return
        if self.curr_msg_data_type == "text":
            receiver.end(CloseCode.NOT_BINARY, "malformed")
        else:
            receiver.receive(bytes(frames[0]) if len(frames) == 1 else b"".join(frames))

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._link is not None:
            self._link.lags(True)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._link is not None:
            self._link.lags(False)

    def handle_close(self, event: Frame) -> None:
        self._detach()
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        self._say_the_rest()
        super().handle_parser_exception()

    def keepalive_timeout(self) -> None:
        if not self.close_sent and not self.transport.is_closing():
            self._detach()
        super().keepalive_timeout()

    def shutdown(self) -> None:
        self._say_the_rest()
        super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self._detach()
        if self._doom is not None:
            self._doom.cancel()
        super().connection_lost(exc)

    def _say_the_rest(self) -> None:
        """What this turn has brought so far, before a close frame of the library's."""
        if self._link is not None:
            self._link.flush()
        self._detach()

    def _detach(self) -> None:
        """No message goes in or out any more. A client that does not take the end is cut off after a while."""
        if self._is_detached or self._link is None:
            return
        self._is_detached = True
        if self._walker is not None:
            self._walker.is_on = False
        self._link.detach()
        self._doom = self.loop.call_later(link.LINGER_SECONDS, self.transport.abort)
        if self._receiver is not None:
            self._receiver.leave()


class DirectSocketWithoutWalker(DirectSocket):
    """The same with every frame read by the library's parser."""

    has_walker = False
