"""The machine's clock is put forward and back while people write."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.coedit.compaction import compact
from documents.coedit.log import open_text
from documents.coedit.store import read_log
from tests.documents.coedit.conftest import ClientOf, NodeOf
from tests.documents.coedit.raw import text_of
from tests.soak.tally import count
from tests.support.cast import Cast

STEPS = (-60, 20, -120, 25, 0)


def test_everything_is_saved_once_and_the_history_can_be_read(
    cast: Cast, of: NodeOf, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, minutes = timezone.now, [0]
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(minutes=minutes[0]))
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))
    for name, section in (("ned", ned), ("bella", bella)):
        section.call("type", mark=name, everyMs=5)

    for number, step in enumerate(STEPS, start=1):
        minutes[0] = step
        ned.wait("acknowledged", 20 * number, seconds=60)
        compact(cast.findings.pk)

    typed = [word for section in (ned, bella) for word in section.call("rest")["typed"]]
    for section in (ned, bella):
        section.wait("saved", seconds=60)
    text = text_of(*read_log(cast.findings.pk))
    assert count("Steps of the clock", typed, text) == []
    assert text_of(open_text(cast.findings.pk, [])[0].missing(b"\x00")) == text
    assert client_of(cast.amira).get(reverse("report_history", args=[cast.report.pk])).status_code == 200
