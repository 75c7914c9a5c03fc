"""The section is deleted, or the report frozen, while somebody writes: they are told why, and their tab keeps the words."""

from documents.actions import sections
from documents.coedit import protocol
from tests.documents.coedit.conftest import NodeOf, RawOf, TokenOf
from tests.documents.coedit.raw import typing
from tests.support import states
from tests.support.cast import Cast


def test_a_section_is_deleted_while_somebody_writes(cast: Cast, of: NodeOf) -> None:
    bella = of(cast.bella).open(cast.findings.document_name)
    bella.saves("saved before ")

    sections.delete(cast.findings, by=cast.amira)

    bella.wait("event", "closed", detail="section-deleted")
    bella.insert("written too late")
    assert bella.unsaved > 0
    assert bella.text == "saved before written too late"
    assert cast.findings.updates.count() == 1


def test_what_was_saved_is_there_when_the_section_is_restored(cast: Cast, of: NodeOf) -> None:
    of(cast.bella).open(cast.findings.document_name).saves("saved before")
    sections.delete(cast.findings, by=cast.amira)

    sections.restore(cast.findings, by=cast.amira)

    assert of(cast.ned).open(cast.findings.document_name).text == "saved before"


def test_the_append_itself_refuses_a_deleted_section_before_anybody_has_been_told(
    cast: Cast, raw: RawOf, token_of: TokenOf
) -> None:
    """The change is in the database, but no socket has heard of it yet."""
    bella, peer = raw(), raw()
    bella.join(cast.findings.pk, token_of(cast.bella))
    peer.join(cast.findings.pk, token_of(cast.ned))
    cast.findings.deleted_at, cast.findings.deleted_by = cast.findings.created_at, cast.amira
    cast.findings.save()

    bella.say(cast.findings.pk, protocol.update(typing("too late")[0]))

    assert bella.expect("status") == 0
    assert bella.expect("closed") == "section-deleted"
    assert peer.expect("closed") == "section-deleted"
    assert not cast.findings.updates.exists()


def test_the_append_itself_refuses_a_frozen_report_before_anybody_has_been_told(
    cast: Cast, raw: RawOf, token_of: TokenOf
) -> None:
    bella = raw()
    bella.join(cast.findings.pk, token_of(cast.bella))
    states.freeze(cast.report)

    bella.say(cast.findings.pk, protocol.update(typing("too late")[0]))

    assert bella.expect("status") == 0
    assert bella.expect("closed") == "frozen"
    assert not cast.findings.updates.exists()


def test_a_frozen_section_can_be_opened_again_to_read(cast: Cast, of: NodeOf) -> None:
    of(cast.bella).open(cast.findings.document_name).saves("as it stood")
    states.freeze(cast.report)

    reader = of(cast.bella).open(cast.findings.document_name)

    reader.wait("event", "authenticated", detail="readonly")
    assert reader.text == "as it stood"
