"""The demonstration's files, as typed data. Each file's `notice` says what in it is invented."""

import json
from functools import cache
from pathlib import Path
from typing import Any, TypedDict, cast

FOLDER = Path(__file__).resolve().parent / "data"


class Person(TypedDict):
    """A person of people.json."""

    id: str
    name: str
    email: str
    organisation: str | None
    job_title: str
    review_role: str | None
    organisation_admin: bool
    system_admin: bool
    seats: list[str]


@cache
def read(name: str) -> dict[str, Any]:
    """A JSON file of the demonstration."""
    return cast("dict[str, Any]", json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def people() -> dict[str, Person]:
    """Everybody, by id."""
    return {person["id"]: person for person in read("people")["people"]}


def organisations() -> list[dict[str, Any]]:
    """Partnerships first, then agencies."""
    return [*read("organisations")["partnerships"], *read("organisations")["agencies"]]


def organisation_names() -> dict[str, str]:
    """Names of organisations, by id."""
    return {item["id"]: item["name"] for item in organisations()}
