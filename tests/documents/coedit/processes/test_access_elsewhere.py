"""Access changes in a process that serves pages; the socket is in one that serves live editing, and ends within a second."""

from time import monotonic

import pytest

from tests.documents.coedit.processes.fleet import Fleet, Person, Server

LIMIT_SECONDS = 1.0


@pytest.fixture
def apart(fleet: Fleet) -> tuple[Server, Server]:
    web, coedit = fleet.start("web", "coedit")
    return web, coedit


def test_signing_out_ends_the_socket(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    web, coedit = apart
    person = fleet.scene.person("bella")
    with fleet.raw(person, coedit.url(fleet.scene.report), fleet.scene.findings) as socket:
        with person.browser(web.address) as browser:
            browser.get("/accounts/logout/")  # so that the page's first use is not what is measured
            assert browser.post("/accounts/logout/").status_code == 302
        began = monotonic()

        assert socket.expect_end() == (4401, "signed-out")
        assert monotonic() - began < LIMIT_SECONDS


def test_another_session_of_the_same_person_goes_on(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    web, coedit = apart
    scene = fleet.scene
    url = coedit.url(scene.report)
    stays: Person = scene.person("bella", session=1)
    with (
        fleet.raw(scene.person("bella"), url, scene.findings) as ends,
        fleet.raw(stays, url, scene.findings) as goes_on,
        scene.person("bella").browser(web.address) as browser,
    ):
        assert browser.post("/accounts/logout/").status_code == 302
        assert ends.expect_end() == (4401, "signed-out")

        assert goes_on.settle(scene.findings) == []


def test_deleting_a_section_closes_it_to_those_who_have_it_open(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    web, coedit = apart
    scene = fleet.scene
    with (
        fleet.raw(scene.person("bella"), coedit.url(scene.report), scene.findings) as socket,
        scene.person("amira").browser(web.address) as browser,
    ):
        answer = browser.post(f"/sections/{scene.findings}/delete/", data={"confirm": "on"})
        assert answer.status_code == 302
        began = monotonic()

        assert socket.expect("closed") == "section-deleted"
        assert monotonic() - began < LIMIT_SECONDS


def test_no_key_of_a_session_is_told_between_processes(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    """It opens an account, and the database may write down what it is asked to tell."""
    web, _ = apart
    person = fleet.scene.person("ned")
    with fleet.listening() as heard, person.browser(web.address) as browser:
        browser.post("/accounts/logout/")

        (notice,) = heard()
        assert "rights" in notice
        assert person.session_key not in notice
