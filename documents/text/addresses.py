"""Which addresses a text may lead to or show."""

import re
from typing import Any

_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
# A picture lies in the portal itself: an absolute path, and not a protocol-relative address.
_PICTURE = re.compile(r"/(?![/\\])[^\s\x00-\x1f\\]*")


def is_safe_link(address: Any) -> bool:
    """The web and e-mail, nothing that runs or leaves the web."""
    return isinstance(address, str) and bool(_LINK.fullmatch(address))


def is_own_picture(address: Any) -> bool:
    """A picture that the portal serves, so that the access of whoever looks is checked."""
    return isinstance(address, str) and bool(_PICTURE.fullmatch(address))
