"""Small worlds of people who have nothing to do with each other, and what is done in one by the portal's pages."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from tests.documents.coedit.processes.fleet import Person, run_program


@dataclass(frozen=True)
class World:
    """A partnership that takes part in a review: its administrator, a writer, and one whom another lends."""

    report: UUID
    findings: UUID
    # The partnership's part in the review, and that of those who lead it.
    partner: UUID
    lead: UUID
    # By name: their places on the team, their memberships, their sessions.
    places: Mapping[str, int]
    memberships: Mapping[str, int]
    people: Mapping[str, list[dict[str, str]]]

    def person(self, name: str, session: int = 0) -> Person:
        return Person.of(name, self.people[name][session])


def build_worlds(database: str, folder: Path, number: int) -> list[World]:
    """Make so many of them in a database that has the cast."""
    facts = json.loads(run_program("build_worlds", database, folder, str(number)))
    return [World(**{name: _read(value) for name, value in each.items()}) for each in facts]


def _read(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Pages:
    """The pages of the portal, as people of one world use them."""

    address: str
    world: World
    amira: Person

    @property
    def admin(self) -> Person:
        return self.world.person("admin")

    def post(self, by: Person, path: str, **fields: str) -> None:
        """Send a form that needs no more than this."""
        with by.browser(self.address) as browser:
            _done(browser.post(path, data=fields))

    def fill(self, by: Person, path: str, fields: Mapping[str, str]) -> None:
        """Open a form that says what it was opened on, and send it."""
        with by.browser(self.address) as browser:
            seen = re.search(r'name="seen" value="(\w+)"', browser.get(path).text)
            assert seen, f"{path} has no such form"
            _done(browser.post(path, data={"seen": seen[1], **fields}))


def _done(answer: httpx.Response) -> None:
    assert answer.status_code == 302, answer.text
