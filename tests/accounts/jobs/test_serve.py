"""`manage.py serve` does jobs beside the pages."""

from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.accounts.jobs.sample import note
from tests.documents.coedit.socket.test_serve import page, serving
from tests.documents.coedit.waiting import until

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_jobs_are_done_beside_the_pages(tmp_path: Path) -> None:
    job = note.enqueue("done")

    with serving(tmp_path / "log") as (address, _):
        until(lambda: DBTaskResult.objects.get(pk=job.id).status == TaskResultStatus.SUCCESSFUL)
        assert page(address, "/health/").text == "ok"
