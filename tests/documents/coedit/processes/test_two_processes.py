"""People in one section, by two processes on one database: they write together and see each other."""

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.fleet import Fleet, Server

WORDS_SECONDS = 30


def test_what_one_writes_the_other_reads(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> None:
    scene = fleet.scene
    first, second = (server.url(scene.report) for server in pair)
    ned = fleet.opens(node, scene.person("ned"), first, scene.findings)
    bella = fleet.opens(node, scene.person("bella"), second, scene.findings)

    ned.saves("from one side, ")
    bella.wait("includes", "from one side, ", seconds=WORDS_SECONDS)
    bella.saves("and from the other")

    ned.wait("text", "from one side, and from the other", seconds=WORDS_SECONDS)


def test_many_who_type_at_once_end_with_one_text(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> None:
    scene = fleet.scene
    people = {
        name: fleet.opens(node, scene.person(name), pair[number % 2].url(scene.report), scene.findings)
        for number, name in enumerate(("ned", "bella", "amira"))
    }
    for name, section in people.items():
        section.call("type", mark=name, everyMs=20)
    for section in people.values():
        section.wait("acknowledged", 20, seconds=60)
    typed = [word for section in people.values() for word in section.call("rest")["typed"]]

    for section in people.values():
        section.wait("saved", seconds=60)
        for word in typed:
            section.wait("includes", word, seconds=WORDS_SECONDS)

    newcomer = fleet.opens(node, scene.person("gwen"), pair[1].url(scene.report), scene.findings)
    assert {section.text for section in people.values()} == {newcomer.text}
    assert [word for word in typed if newcomer.text.count(word) != 1] == []


def test_they_see_each_other_come_move_and_go(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> None:
    scene = fleet.scene
    first, second = (server.url(scene.report) for server in pair)
    ned = fleet.opens(node, scene.person("ned"), first, scene.findings)
    ned.call("present", state={"cursor": "at the beginning"})

    bella = fleet.opens(node, scene.person("bella"), second, scene.findings)
    bella.call("present", state={"cursor": None})

    bella.wait("sees", "at the beginning", seconds=WORDS_SECONDS)
    bella.wait("sees", scene.person("ned").full_name, seconds=WORDS_SECONDS)
    ned.wait("sees", scene.person("bella").full_name, seconds=WORDS_SECONDS)
    ned.call("present", state={"cursor": "at the end"})
    bella.wait("sees", "at the end", seconds=WORDS_SECONDS)
    ned.end()
    bella.wait("present", 1, seconds=WORDS_SECONDS)


def test_a_state_too_long_for_a_notice_is_told_without_the_caret(
    fleet: Fleet, pair: tuple[Server, Server], node: Node
) -> None:
    scene = fleet.scene
    first, second = (server.url(scene.report) for server in pair)
    ned = fleet.opens(node, scene.person("ned"), first, scene.findings)
    bella = fleet.opens(node, scene.person("bella"), second, scene.findings)

    ned.call("present", state={"cursor": "x" * 6000})

    bella.wait("sees", scene.person("ned").full_name, seconds=WORDS_SECONDS)


def test_the_people_of_a_process_that_is_no_more_are_seen_no_longer(
    fleet: Fleet, pair: tuple[Server, Server], node: Node
) -> None:
    scene = fleet.scene
    ned = fleet.opens(node, scene.person("ned"), pair[0].url(scene.report), scene.findings)
    ned.call("present", state={"cursor": None})
    bella = fleet.opens(node, scene.person("bella"), pair[1].url(scene.report), scene.findings)
    bella.wait("sees", scene.person("ned").full_name, seconds=WORDS_SECONDS)

    pair[0].kill()

    bella.wait("present", 1, seconds=WORDS_SECONDS)


def test_one_process_alone_tells_nobody(fleet: Fleet, node: Node) -> None:
    (alone,) = fleet.start("coedit")
    ned = fleet.opens(node, fleet.scene.person("ned"), alone.url(fleet.scene.report), fleet.scene.findings)
    assert fleet.lines() == 1

    with fleet.listening() as heard:
        ned.saves("nobody else is there")
        fleet.sql("SELECT pg_notify('portal_coedit', 'the end')")

        assert heard() == ["the end"]
