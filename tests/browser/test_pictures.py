"""Adding a picture: described, checked, and seen by the others."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import EMPTY, Report
from tests.support.cast import png
from tests.support.portal import Portal


def test_a_picture_needs_a_description_and_appears_for_the_others(portal: Portal, open_page: OpenPage) -> None:
    priya, amira = (Report(open_page(portal, name), portal, EMPTY) for name in ("priya.lindqvist", "amira.khan"))
    priya.text(EMPTY).click()
    priya.tool("Picture")
    dialog = priya.page.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "map.png", "mimeType": "image/png", "buffer": png(40, 30)}
    )

    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_contain_text("Describe what the picture shows")
    dialog.get_by_label("Description").fill("A map of three rivers")
    dialog.get_by_role("button", name="Add picture").click()

    for report in (priya, amira):
        picture = report.text(EMPTY).get_by_role("img", name="A map of three rivers")
        expect(picture).to_be_visible()
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 40


def test_files_that_are_no_pictures_or_too_big_are_refused_in_words(
    portal: Portal, open_page: OpenPage, tmp_path: Path
) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()
    priya.tool("Picture")
    dialog = priya.page.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("Description").fill("Something")
    huge = tmp_path / "huge.png"
    huge.write_bytes(png() + bytes(20 * 1024 * 1024))

    dialog.get_by_label("Picture", exact=True).set_input_files(huge)
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_contain_text("must be 10 MB or smaller")

    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"not a picture"}
    )
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_contain_text("not a picture")
    expect(dialog.get_by_label("Description")).to_have_value("Something")
