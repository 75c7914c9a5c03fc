"""The worker beside the pages, in the same process (see `docs/adr/0017-jobs-live-in-the-database.md` for why)."""

from threading import Thread

from django.db import connections

from accounts.jobs.worker import Worker

END_SECONDS = 10


class BackgroundWorker:
    """A thread of its own. Where the process is killed it goes with it, and its job goes to another worker."""

    def __init__(self) -> None:
        self._worker = Worker()
        self._thread = Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """After the job in hand, if that does not take too long."""
        self._worker.stop()
        self._thread.join(END_SECONDS)

    def _run(self) -> None:
        try:
            self._worker.run()
        finally:
            connections.close_all()
