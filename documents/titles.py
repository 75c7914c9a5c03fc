"""What a title may be."""

from django.core.exceptions import ValidationError

TITLE_MAX = 200


def clean_title(text: str) -> str:
    """One line without control characters; raises ValidationError, in words for the reader, for an empty or a long one."""
    title = one_line(text)
    if not title:
        raise ValidationError("Enter a title.")
    if len(title) > TITLE_MAX:
        raise ValidationError(f"The title has {len(title)} characters. Shorten it to {TITLE_MAX} or fewer.")
    return title


def one_line(text: str) -> str:
    """Without control characters, line ends and blanks that follow each other."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
