"""Database work beside the event loop: connections are kept, given up after an error, and closed at the end."""

import asyncio
from threading import current_thread
from threading import enumerate as threads_now

import pytest
from django.db import connection

from documents.coedit import threads
from documents.coedit.threads import in_thread

pytestmark = pytest.mark.usefixtures("transactional_db")


def ask() -> tuple[str, int]:
    """The thread that asked the database, and its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return current_thread().name, id(connection.connection)


def ask_wrongly() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "COUNT", 1)


async def test_a_connection_is_kept_from_one_question_to_the_next(one_thread: None) -> None:
    first, second = await in_thread(ask), await in_thread(ask)
    await threads.close()

    assert first == second


async def test_an_error_is_the_askers_and_the_next_question_is_answered(one_thread: None) -> None:
    with pytest.raises(Exception, match="no_such_column"):
        await in_thread(ask_wrongly)

    name, _ = await in_thread(ask)
    await threads.close()

    assert name == "coedit-reader"


async def test_many_questions_are_asked_at_once_and_no_thread_is_left(db: None) -> None:
    answers = await asyncio.gather(*(in_thread(ask) for _ in range(40)))
    await threads.close()

    assert len({connection_id for _, connection_id in answers}) <= threads.COUNT
    assert not [thread for thread in threads_now() if thread.name == "coedit-reader"]


async def test_a_question_whose_asker_has_gone_is_not_asked(one_thread: None) -> None:
    asked: list[str] = []
    first = asyncio.ensure_future(in_thread(ask))
    second = asyncio.ensure_future(in_thread(asked.append, "second"))
    await asyncio.sleep(0)
    second.cancel()
    await first
    await in_thread(asked.append, "third")
    await threads.close()

    assert "third" in asked
