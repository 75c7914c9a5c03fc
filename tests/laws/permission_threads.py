"""The addresses of comments and suggestions, and what each of the cast gets there."""

from collections.abc import Callable
from functools import partial

from documents.models import Section, Thread
from tests.documents.talk import opened, suggested
from tests.laws.permission_matrix import ON_REVIEW, Arguments, Route, of_section, reader
from tests.support.cast import Cast

BRISTOL = {"bella", "bo"}
WRITERS = {"amira", "ned", "bella"}
COMMENT = WRITERS | {"nora", "piet"}
Make = Callable[[Cast], Thread]


def _thread(make: Make) -> Arguments:
    return lambda cast: {"pk": make(cast).pk}


def _police(cast: Cast, *, only_for_us: bool = False) -> Thread:
    return opened(cast.introduction, cast.piet, only_for_us=only_for_us)


def _bristol(cast: Cast, *, section: str = "introduction") -> Thread:
    return opened(_section(cast, section), cast.bella, only_for_us=True)


def _hidden(cast: Cast) -> Thread:
    return opened(cast.restricted_hidden, cast.bella)


def _suggestion(cast: Cast) -> Thread:
    return suggested(cast.introduction, cast.piet)


def _bristols_suggestion(cast: Cast) -> Thread:
    return suggested(cast.introduction, cast.bella, only_for_us=True)


def _section(cast: Cast, name: str) -> Section:
    found: Section = getattr(cast, name)
    return found


def _by_piet(cast: Cast) -> dict[str, object]:
    suggested(cast.introduction, cast.piet)
    return {"pk": cast.report.pk, "person": cast.piet.pk}


def post(name: str, make: Make, status: int, allowed: set[str], seen_by: set[str] = ON_REVIEW) -> Route:
    """A form that some of those may send who see the thread; 404 for all others."""
    return Route(name, {status: allowed, 403: seen_by - allowed}, method="POST", arguments=_thread(make))


ANY = ("thread_resolve", "thread_reopen")
DECISIONS = ("suggestion_accept", "suggestion_decline", "suggestion_reopen")

THREADS = [
    reader("report_threads"),
    reader("report_comments"),
    Route("person_suggestions", {200: WRITERS, 403: ON_REVIEW - WRITERS}, arguments=_by_piet),
    Route("person_suggestions", {}, arguments=lambda cast: {"pk": cast.report.pk, "person": cast.piet.pk}),
    Route("section_threads", {200: COMMENT, 403: ON_REVIEW - COMMENT}, arguments=of_section("introduction")),
    Route("section_threads", {200: {"bella"}, 403: {"bo"}}, arguments=of_section("restricted_hidden")),
    # Refused, so that it opens the way for nobody.
    Route("section_threads", {422: COMMENT, 403: ON_REVIEW - COMMENT}, method="POST", arguments=of_section("introduction")),
    # Everybody's, one organisation's own, and one about a hidden section.
    Route("thread", {200: ON_REVIEW}, arguments=_thread(_police)),
    Route("thread", {200: BRISTOL}, arguments=_thread(_bristol)),
    Route("thread", {200: {"piet"}}, arguments=_thread(partial(_police, only_for_us=True))),
    Route("thread", {200: BRISTOL}, arguments=_thread(_hidden)),
    post("thread_reply", _police, 422, COMMENT),
    post("thread_reply", _bristol, 422, {"bella"}, BRISTOL),
    # Settled by writers, the lead, and the organisation that opened it.
    *(post(name, _police, 302, WRITERS | {"piet"}) for name in ANY),
    *(post(name, _bristol, 302, {"bella"}, BRISTOL) for name in ANY),
    *(post(name, _hidden, 302, {"bella"}, BRISTOL) for name in ANY),
    post("thread_share", _bristol, 302, {"bella"}, BRISTOL),
    Route("thread_share", {200: {"bella"}, 403: {"bo"}}, arguments=_thread(_bristol)),
    Route("thread_share", {200: {"bella"}, 403: {"bo"}}, arguments=_thread(partial(_bristol, section="restricted_hidden"))),
    *(post(name, _suggestion, 302, WRITERS) for name in DECISIONS),
    *(post(name, _bristols_suggestion, 302, {"bella"}, BRISTOL) for name in (*DECISIONS, "suggestion_withdraw")),
    post("suggestion_withdraw", _suggestion, 302, {"piet"}),
    # What suggests nothing cannot be decided.
    Route("suggestion_decline", {403: ON_REVIEW - WRITERS}, method="POST", arguments=_thread(_police)),
]
