"""Jobs that only tests do."""

from django_tasks import task

done: list[str] = []


@task()
def note(word: str) -> None:
    """Leave a trace in this process."""
    done.append(word)


@task()
def note_midnight() -> None:
    """The same, by the clock."""
    done.append("midnight")


@task()
def fail() -> None:
    """Fail with words that nobody may log."""
    raise RuntimeError("rita@cast.example")
