"""Which addresses a text may lead to or show; the editor's `links.ts` has the same rules."""

import re
from typing import Any

from documents.text.flat import BLANK

_LINK = re.compile(f"(?:https?://|mailto:)[^{BLANK}]+", re.IGNORECASE | re.ASCII)
# A picture lies in the portal, which checks the access of whoever looks.
_PICTURE = re.compile(r"/images/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/")


def is_safe_link(address: Any) -> bool:
    """The web and e-mail, nothing that runs."""
    return isinstance(address, str) and bool(_LINK.fullmatch(address))


def is_own_picture(address: Any) -> bool:
    return isinstance(address, str) and bool(_PICTURE.fullmatch(address))
