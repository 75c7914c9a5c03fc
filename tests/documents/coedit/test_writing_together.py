"""People with the real provider in one section."""

from documents.coedit import protocol
from documents.coedit.tokens import make_token
from documents.models import SectionUpdate
from tests.documents.coedit.conftest import ClientOf, NodeOf, RawOf, TokenOf
from tests.documents.coedit.node import Node
from tests.documents.coedit.raw import text_of, typing
from tests.documents.coedit.server import ThreadServer
from tests.support.cast import Cast


def test_two_people_see_each_other_write(cast: Cast, of: NodeOf) -> None:
    ned = of(cast.ned).open(cast.findings.document_name)
    bella = of(cast.bella).open(cast.findings.document_name)

    ned.insert("Working ")
    bella.wait("text", "Working ")
    bella.insert("together")

    ned.wait("text", "Working together")
    ned.wait("saved")
    bella.wait("saved")


def test_every_update_is_stored_with_its_author_and_their_organisation(cast: Cast, of: NodeOf) -> None:
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))

    ned.saves("from North Somerset ")
    bella.wait("includes", "Somerset")
    bella.saves("from Bristol")

    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("pk")
    assert [(row.author_id, row.organisation_id) for row in rows] == [
        (cast.ned.pk, cast.north_somerset.pk),
        (cast.bella.pk, cast.bristol.pk),
    ]
    assert [row.seq for row in rows] == [1, 2]
    assert text_of(*(bytes(row.data) for row in rows)) == "from North Somerset from Bristol"


def test_a_newcomer_gets_the_whole_text(cast: Cast, of: NodeOf) -> None:
    writer = of(cast.ned)
    writer.open(cast.findings.document_name).saves("Ælfgifu’s naïve café – 😀")
    writer.end()

    assert of(cast.bella).open(cast.findings.document_name).text == "Ælfgifu’s naïve café – 😀"


def test_several_sections_share_one_socket(cast: Cast, of: NodeOf) -> None:
    ned, bella = of(cast.ned), of(cast.bella)
    names = [cast.introduction.document_name, cast.findings.document_name, cast.restricted_listed.document_name]
    mine, theirs = ([client.open(name) for name in names] for client in (ned, bella))

    for number, section in enumerate(mine):
        section.saves(f"section {number}")

    for number, section in enumerate(theirs):
        section.wait("text", f"section {number}")


def test_a_name_with_a_session_reaches_the_same_section(cast: Cast, of: NodeOf) -> None:
    plain = of(cast.ned).open(cast.findings.document_name)
    aware = of(cast.bella).open(cast.findings.document_name, sessionAwareness=True)

    plain.saves("one ")
    aware.wait("text", "one ")
    aware.saves("two")

    plain.wait("text", "one two")


def test_what_was_written_offline_merges_on_return(cast: Cast, of: NodeOf) -> None:
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))
    ned.saves("start ")
    bella.wait("text", "start ")

    bella.call("close")
    bella.insert("offline ")
    ned.saves("online ")
    bella.call("reopen")

    bella.wait("includes", "online")
    ned.wait("includes", "offline")
    bella.wait("saved")
    assert ned.text == bella.text


def test_a_reader_sees_it_live_and_cannot_write(cast: Cast, of: NodeOf) -> None:
    ned, gwen = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.gwen))
    gwen.wait("event", "authenticated", detail="readonly")

    ned.saves("for all to see")
    gwen.wait("text", "for all to see")
    gwen.insert("smuggled", at=0)
    ned.saves(" and on")

    gwen.wait("includes", " and on")
    assert ned.text == "for all to see and on"
    assert gwen.unsaved > 0


def test_a_refused_section_leaves_the_others_of_the_socket_open(cast: Cast, of: NodeOf) -> None:
    gwen, ned = of(cast.gwen), of(cast.ned).open(cast.findings.document_name)
    hidden = gwen.open(cast.restricted_hidden.document_name, wait=False)
    open_ = gwen.open(cast.findings.document_name)

    hidden.wait("event", "refused", detail="permission-denied")
    ned.saves("seen")

    open_.wait("text", "seen")


def test_a_name_beyond_ascii_is_understood_and_answered(cast: Cast, of: NodeOf) -> None:
    client = of(cast.ned)

    client.open("section:Übersicht – Ælfgifu 😀", wait=False).wait("event", "refused", detail="permission-denied")


def test_two_providers_of_one_socket_in_the_same_section(cast: Cast, of: NodeOf) -> None:
    """Told apart by the session in the document's name."""
    client = of(cast.ned)
    client.open(cast.findings.document_name, sessionAwareness=True, label="left").saves("one ")
    right = client.open(cast.findings.document_name, sessionAwareness=True, label="right")

    right.wait("text", "one ")
    right.saves("two")


def test_a_socket_that_is_lost_comes_back_and_merges(cast: Cast, server: ThreadServer, of: NodeOf) -> None:
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))
    ned.saves("before ")
    bella.wait("text", "before ")

    server.drop_sockets()
    for section in (ned, bella):
        section.wait("event", "socket-closed")
    ned.insert("ned ")
    bella.insert("bella ")

    for section, other in ((ned, "bella"), (bella, "ned")):
        section.wait("includes", other, seconds=30)
        section.wait("saved", seconds=30)
    assert ned.text == bella.text


def test_a_token_is_renewed_without_losing_the_section(
    cast: Cast, server: ThreadServer, node: Node, client_of: ClientOf
) -> None:
    key = str(client_of(cast.ned).session.session_key)
    first, second = (make_token(user_id=cast.ned.pk, session_key=key, report_id=cast.report.pk) for _ in range(2))
    section = node.connect("ned", url=server.url(cast.report.pk), token=first).open(cast.findings.document_name)
    section.saves("before ")
    section.call("forget")

    section.call("renew", token=second)

    section.wait("event", "authenticated", detail="read-write")
    section.saves("after")
    assert section.text == "before after"


def test_a_two_megabyte_paste_is_saved_and_seen(cast: Cast, of: NodeOf) -> None:
    ned, bella = (of(person).open(cast.findings.document_name) for person in (cast.ned, cast.bella))
    paste = "uvw " * 500_000

    ned.saves(paste)

    bella.wait("includes", paste)


def test_fifty_tabs_of_one_person(cast: Cast, server: ThreadServer, node: Node, token_of: TokenOf) -> None:
    token = token_of(cast.ned)
    tabs = [node.connect(f"tab {n}", url=server.url(cast.report.pk), token=token) for n in range(50)]
    sections = [tab.open(cast.findings.document_name, wait=False) for tab in tabs]
    for section in sections:
        section.wait("saved", seconds=30)

    sections[0].saves("seen everywhere")

    for section in sections:
        section.wait("text", "seen everywhere")


def test_an_update_that_waits_for_an_earlier_one_reaches_newcomers(cast: Cast, raw: RawOf, token_of: TokenOf) -> None:
    first, second, third = typing("one ", "two ", "three")
    writer, newcomer = raw(), raw()
    writer.join(cast.findings.pk, token_of(cast.ned))
    for update in (first, third):
        writer.say(cast.findings.pk, protocol.update(update))
        assert writer.expect("status") == 1

    early = newcomer.join(cast.findings.pk, token_of(cast.bella))
    writer.say(cast.findings.pk, protocol.update(second))
    late = newcomer.expect("update")

    assert text_of(early) == "one "
    assert text_of(early, late) == "one two three"
