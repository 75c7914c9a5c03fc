"""Accepting a suggestion while others have the section open, and write in its very words."""

from typing import Any

from pycrdt import Doc, Text

from documents.actions import suggestions
from documents.coedit import protocol
from documents.section_text import text_of
from documents.text import flat
from documents.text.reading import read_section
from documents.text.rendering import plain_text
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.talk import PASSAGE, suggested
from tests.support.cast import Cast


def test_the_words_come_to_everybody_at_once_and_what_is_typed_in_them_stays(
    cast: Cast, raw: RawOf, token_of: TokenOf
) -> None:
    thread = suggested(cast.findings, cast.ned, "the phrase in question")
    bella, here = raw(), Doc[Any]()
    here.apply_update(bella.join(cast.findings.pk, token_of(cast.bella)))
    known = here.get_state()
    text = here.get(flat.SECTION, type=Text)
    text.insert(str(text).index(PASSAGE.quote) + len("the "), "VERY ")

    update = suggestions.accept(thread, by=cast.amira)
    came = bella.expect("update")
    here.apply_update(came)
    bella.say(cast.findings.pk, protocol.update(here.get_update(known)))
    assert bella.expect("status") == 1

    assert came == update
    assert plain_text(read_section(here)).strip() == "Before the VERY phrase in question and after"
    assert read_section(here) == text_of(cast.findings)
