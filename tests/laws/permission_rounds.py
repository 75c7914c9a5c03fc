"""The addresses of comment rounds, of decisions on comments and of the comment log, and what each of the cast gets there."""

from documents.models import CommentRound
from tests.documents.rounds import comment, opened
from tests.laws.permission_matrix import ON_REVIEW, Arguments, Route, lead, of_report, reader
from tests.support.cast import Cast

OTHERS = ON_REVIEW - {"amira"}


def _round(cast: Cast) -> dict[str, object]:
    """The round is opened only once: those of the cast come one after another."""
    return {"pk": (CommentRound.objects.first() or opened(cast)).pk}


def _bellas_comment(cast: Cast) -> dict[str, object]:
    return {"pk": comment(cast.introduction, cast.bella).pk}


def _bristols_own(cast: Cast) -> dict[str, object]:
    return {"pk": comment(cast.introduction, cast.bella, private=True).pk}


def _leads_own(cast: Cast) -> dict[str, object]:
    return {"pk": comment(cast.introduction, cast.ned, private=True).pk}


def _in_the_hidden_section(cast: Cast) -> dict[str, object]:
    return {"pk": comment(cast.restricted_hidden, cast.bella).pk}


def _in_the_listed_section(cast: Cast) -> dict[str, object]:
    return {"pk": comment(cast.restricted_listed, cast.bella).pk}


def _decision(arguments: Arguments, answers: dict[int, set[str]], method: str = "GET") -> Route:
    return Route("thread_disposition", answers, arguments=arguments, method=method, data=lambda cast: {"reason": ""})


ROUNDS = [
    reader("report_rounds"),
    Route("round", {200: ON_REVIEW}, arguments=_round),
    lead("round_new"),
    lead("round_new", 422, method="POST", data=lambda cast: {"name": ""}),
    lead("round_date", arguments=_round),
    lead("round_date", 422, _round, method="POST", data=lambda cast: {"closes_on": ""}),
    lead("round_close", arguments=_round),
    lead("round_close", 302, _round, method="POST"),
    lead("report_dispositions"),
    _decision(_bellas_comment, {200: {"amira"}, 403: OTHERS}),
    _decision(_bellas_comment, {422: {"amira"}, 403: OTHERS}, "POST"),
    # A section of which the lead does not know, and one that some cannot read.
    _decision(_in_the_hidden_section, {403: {"bella", "bo"}}),
    _decision(_in_the_listed_section, {200: {"amira"}, 403: {"ned", "nora", "bella", "bo"}}),
    # A private comment is its organisation's own: nobody decides on it, and nobody else can tell that it exists.
    _decision(_bristols_own, {403: {"bella", "bo"}}),
    _decision(_leads_own, {403: {"amira", "ned", "nora"}}),
    reader("comment_log"),
    Route("comment_log", {200: ON_REVIEW}, arguments=of_report, method="POST", data=lambda cast: {"kind": "csv"}),
]
