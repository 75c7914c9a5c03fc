"""Bringing an earlier text back while others have the section open."""

from typing import Any

from pycrdt import Doc, Text

from documents.actions.history import restore_text
from documents.coedit import protocol
from documents.models import SectionUpdate
from documents.section_text import text_of
from documents.text import flat
from documents.text.reading import read_section
from documents.text.rendering import plain_text
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.helpers import write
from tests.support.cast import Cast


def test_who_has_the_section_open_sees_it_at_once_and_their_typing_stays(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    write(cast.findings, "What was said.", by=cast.ned)
    then = SectionUpdate.objects.get(section=cast.findings)
    write(cast.findings, "A mistake.", by=cast.bella)
    bella, here = raw(), Doc[Any]()
    here.apply_update(bella.join(cast.findings.pk, token_of(cast.bella)))
    known = here.get_state()
    here.get(flat.SECTION, type=Text).insert(0, "Typed meanwhile. ")

    restore_text(cast.findings, row=then.pk, at=then.at, by=cast.amira)
    here.apply_update(bella.expect("update"))
    bella.say(cast.findings.pk, protocol.update(here.get_update(known)))
    assert bella.expect("status") == 1

    assert plain_text(read_section(here)).strip() == "Typed meanwhile. What was said."
    assert read_section(here) == text_of(cast.findings)
