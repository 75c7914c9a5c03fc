"""What a title may be."""

import pytest
from django.core.exceptions import ValidationError

from documents.titles import clean_title

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Findings", "Findings"),
        ("  What \n happened\t next ", "What happened next"),
        ("<b>Bold</b>", "<b>Bold</b>"),
        ("Ô‘Ærø’ 子ども", "Ô‘Ærø’ 子ども"),
        ("x" * 200, "x" * 200),
    ],
)
def test_keeps_what_was_meant(typed: str, kept: str) -> None:
    assert clean_title(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x07\n"])
def test_asks_for_a_title(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a title"):
        clean_title(typed)


def test_says_how_much_is_too_much() -> None:
    with pytest.raises(ValidationError, match="201 characters"):
        clean_title("x" * 201)
