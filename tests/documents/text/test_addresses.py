"""Which addresses a text may lead to or show."""

import pytest

from documents.text.addresses import is_own_picture, is_safe_link

pytestmark = pytest.mark.no_database

NAME = "0a1b2c3d-0000-4000-8000-000000000000"


@pytest.mark.parametrize("address", ["https://example.org/", "HTTP://example.org", "mailto:a@example.org"])
def test_the_web_and_mail_are_safe(address: str) -> None:
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:x", "ftp://example.org", "httpſ://example.org", "https://a b", "https://a\n", "https://", 5, None],
)
def test_everything_else_is_not(address: object) -> None:
    assert not is_safe_link(address)


def test_a_picture_of_the_portal_is_known_by_its_whole_address() -> None:
    assert is_own_picture(f"/images/{NAME}/")


@pytest.mark.parametrize(
    "address",
    [
        f"//images/{NAME}/",
        f"https://example.org/images/{NAME}/",
        f"/images/{NAME}",
        f"/images/{NAME}/\n",
        "/images/x/",
        5,
        None,
    ],
)
def test_other_pictures_are_not_the_portals(address: object) -> None:
    assert not is_own_picture(address)
