"""A mail server on loopback that stops answering, or refuses, where a test wants it to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from threading import Event, Thread

SECONDS = 30
# What a client does, in order: it is greeted, names itself, sender and recipient, asks to send, has sent, and leaves.
STEPS = ("greet", "EHLO", "MAIL", "RCPT", "DATA", "taken", "QUIT")


class MailServer:
    """Keeps what it has read to the end.

    `hold`: the step at which it waits for `go_on`; `refuse`: the step it refuses; `drop`: the step at which it hangs up.
    """

    def __init__(self, hold: str = "", refuse: str = "", drop: str = "") -> None:
        self.hold, self.refuse, self.drop = hold, refuse, drop
        self.letters: list[Message] = []
        self.reached, self.go_on, self.answered = Event(), Event(), Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]

    def step(self, name: str) -> bool:
        """Wait here if told so; whether to answer with yes."""
        if name == self.hold:
            self.reached.set()
            self.go_on.wait(SECONDS)
        if name == self.drop:
            raise ConnectionAbortedError
        return name != self.refuse

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        mail = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):  # the client is gone
                    _converse(mail, self)

        return Handler


@contextmanager
def mail_server(hold: str = "", refuse: str = "", drop: str = "") -> Iterator[MailServer]:
    """A server that listens while the block runs."""
    server = MailServer(hold, refuse, drop)
    thread = Thread(target=server._server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.go_on.set()
        server._server.shutdown()
        thread.join()
        server._server.server_close()


def _converse(mail: MailServer, client: socketserver.StreamRequestHandler) -> None:
    def say(line: str) -> None:
        client.wfile.write(f"{line}\r\n".encode())

    say("220 mail" if mail.step("greet") else "554 no")
    for line in client.rfile:
        step = line.split()[0].decode().upper() if line.split() else ""
        if not mail.step(step):
            say("550 no")
        elif step == "DATA":
            say("354 go on")
            letter = b"".join(iter(client.rfile.readline, b".\r\n"))
            mail.letters.append(message_from_bytes(letter))
            say("250 taken" if mail.step("taken") else "554 no")
            mail.answered.set()
        elif step == "QUIT":
            say("221 bye")
            return
        else:
            say("250 mail")
