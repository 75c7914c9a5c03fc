"""Every address of the portal, and what each of the cast gets there. A route that is not listed fails the build.

People are those of `tests/support/cast.py`: amira leads the review (North Somerset), ned writes and nora reviews for it,
bella administers and writes for Bristol, bo observes for it, gwen reads for South Gloucestershire, piet comments for the
police; olive works for North Somerset and is not on the review; sid administers the system; rita has been deactivated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.support.cast import Cast

ANONYMOUS = "anonymous"
SIGNED_OUT = {ANONYMOUS, "rita"}
ON_REVIEW = {"amira", "ned", "nora", "bella", "bo", "gwen", "piet"}
OFF_REVIEW = {"olive", "sid"}
EVERYBODY = ON_REVIEW | OFF_REVIEW | SIGNED_OUT

Arguments = Callable[[Cast], dict[str, object]]
SIGN_IN = 302  # to the sign-in page


@dataclass(frozen=True)
class Route:
    """What one method of one address answers to whom. Who is not named gets `otherwise`; the signed out get sign-in."""

    name: str
    answers: Mapping[int, set[str]]
    otherwise: int = 404
    method: str = "GET"
    arguments: Arguments = lambda cast: {}
    data: Callable[[Cast], dict[str, object]] = lambda cast: {}
    public: bool = False
    extra: dict[str, object] = field(default_factory=dict)

    def expected(self, person: str) -> int:
        """The status for this person."""
        for status, people in self.answers.items():
            if person in people:
                return status
        return SIGN_IN if person in SIGNED_OUT and not self.public else self.otherwise

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def unfinished(cast: Cast) -> dict[str, object]:
    """A form without its answers."""
    return {"title": ""}


def public(name: str, status: int = 200, **options: object) -> Route:
    """A page for everybody."""
    return Route(name, {status: EVERYBODY}, public=True, **options)  # type: ignore[arg-type]


def signed_in(name: str, status: int = 200, **options: object) -> Route:
    """A page for everybody who is signed in."""
    return Route(name, {status: ON_REVIEW | OFF_REVIEW}, **options)  # type: ignore[arg-type]


def of_report(cast: Cast) -> dict[str, object]:
    """Arguments of an address of the report."""
    return {"pk": cast.report.pk}


def of_review(cast: Cast) -> dict[str, object]:
    """Arguments of an address of the review."""
    return {"pk": cast.review.pk}


def of_section(name: str) -> Arguments:
    """Arguments of an address of one of the cast's sections."""
    return lambda cast: {"pk": getattr(cast, name).pk}


def reader(name: str, **options: object) -> Route:
    """A page for everybody on the review who may read the report."""
    return Route(name, {200: ON_REVIEW}, arguments=of_report, **options)  # type: ignore[arg-type]


def lead(name: str, status: int = 200, arguments: Arguments = of_report, **options: object) -> Route:
    """A page for the review's lead: 403 for the others on the review, 404 for the rest."""
    return Route(name, {status: {"amira"}, 403: ON_REVIEW - {"amira"}}, arguments=arguments, **options)  # type: ignore[arg-type]


PORTAL = [public("front"), public("accessibility"), public("privacy"), public("cookies"), public("help"), public("health")]

DOCUMENTS = [
    signed_in("my_work"),
    signed_in("reports"),
    reader("report"),
    reader("report_read"),
    reader("report_print"),
    reader("report_token"),
    reader("report_history"),
    Route("section_authors", {200: ON_REVIEW}, arguments=of_section("introduction")),
    Route("section_authors", {200: {"amira", "ned", "nora", "bella", "bo"}}, arguments=of_section("restricted_listed")),
    Route("section_authors", {200: {"bella", "bo"}}, arguments=of_section("restricted_hidden")),
    # No row of the log has these numbers: those who may read the section are told so, as are all others. To bring a text
    # back one has to be able to write.
    Route("section_change", {}, arguments=lambda cast: {"pk": cast.introduction.pk, "first": 0, "last": 0}),
    Route(
        "section_restore_text",
        {403: {"nora", "bo", "gwen", "piet"}},
        arguments=lambda cast: {"pk": cast.introduction.pk, "row": 0},
    ),
    Route(
        "section_restore_text",
        {403: {"nora", "bo", "gwen", "piet"}},
        method="POST",
        arguments=lambda cast: {"pk": cast.introduction.pk, "row": 0},
    ),
    lead("report_access"),
    lead("report_sections"),
    lead("section_new"),
    lead("report_new", arguments=lambda cast: {"review_pk": cast.review.pk}),
    # What is posted here is refused, so that it does not open the way for the next of the cast.
    lead("report_access", 422, method="POST", data=unfinished),
    lead("section_new", 422, method="POST", data=unfinished),
    lead("report_new", 422, lambda cast: {"review_pk": cast.review.pk}, method="POST", data=unfinished),
    lead("section_edit", 422, of_section("introduction"), method="POST", data=unfinished),
    lead("section_restrict", 422, of_section("introduction"), method="POST", data=unfinished),
    lead("section_delete", 302, of_section("introduction"), method="POST"),
    lead("section_edit", arguments=of_section("introduction")),
    lead("section_restrict", arguments=of_section("introduction")),
    lead("section_delete", arguments=of_section("introduction")),
    lead("section_move", 302, arguments=of_section("introduction"), method="POST", data=lambda cast: {"after": "first"}),
    # Bristol may finish what is assigned to it; so may the lead.
    Route(
        "section_done",
        {302: {"amira", "bella"}, 403: ON_REVIEW - {"amira", "bella"}},
        method="POST",
        arguments=of_section("findings"),
    ),
    Route(
        "section_reopen",
        {302: {"amira", "bella"}, 403: ON_REVIEW - {"amira", "bella"}},
        method="POST",
        arguments=of_section("findings"),
    ),
    # North Somerset and Bristol write in the listed section, so their authors may release it.
    Route(
        "section_release",
        {200: {"amira", "ned", "bella"}, 403: ON_REVIEW - {"amira", "ned", "bella"}},
        arguments=of_section("restricted_listed"),
    ),
    # Only Bristol knows of the hidden section.
    Route("section_edit", {403: {"bella", "bo"}}, arguments=of_section("restricted_hidden")),
    Route("section_release", {200: {"bella"}, 403: {"bo"}}, arguments=of_section("restricted_hidden")),
    Route("section_release", {302: {"bella"}, 403: {"bo"}}, method="POST", arguments=of_section("restricted_hidden")),
    # Nobody but Bristol can tell it from a section that does not exist, the lead included.
    *(
        Route(name, {403: {"bella", "bo"}}, method="POST", arguments=of_section("restricted_hidden"))
        for name in (
            "section_edit",
            "section_move",
            "section_restrict",
            "section_delete",
            "section_done",
            "section_reopen",
        )
    ),
    Route("section_restore", {302: {"amira"}, 403: ON_REVIEW - {"amira"}}, method="POST", arguments=of_section("deleted")),
    Route(
        "section_images",
        {400: {"amira", "ned", "bella"}, 403: ON_REVIEW - {"amira", "ned", "bella"}},
        method="POST",
        arguments=of_section("introduction"),
    ),
    Route("section_images", {400: {"bella"}, 403: {"bo"}}, method="POST", arguments=of_section("restricted_hidden")),
    Route("image", {200: {"bella", "bo"}}, arguments=lambda cast: {"pk": cast.hidden_image.pk}),
]
