"""What each of the cast gets where people are told of something, and choose e-mails. Nobody sees what others are told."""

from uuid import uuid4

from accounts.actions.notifications import notify
from accounts.mail_choices import unsubscribe_link
from accounts.models import Letter, Notification
from accounts.notification_scopes import scope_of
from documents.notification_kinds import REPLY
from tests.laws.permission_matrix import EVERYBODY, Arguments, Route, public, signed_in
from tests.support.cast import Cast


def _bos(cast: Cast) -> dict[str, object]:
    """A notification of Bo's, about the report."""
    notify([cast.bo], REPLY, url="/my-work/", scope=scope_of("report", cast.report.pk))
    return {"pk": Notification.objects.get().pk}


def _noras_of_what_is_hidden(cast: Cast) -> dict[str, object]:
    """A notification of Nora's about a section that her organisation does not know of any more."""
    row = Notification.objects.create(to=cast.nora, kind=REPLY, url="/", scope=f"section:{cast.restricted_hidden.pk}")
    return {"pk": row.pk}


def _unknown(cast: Cast) -> dict[str, object]:
    return {"pk": uuid4()}


def _bos_letter(cast: Cast) -> dict[str, object]:
    letter = Letter.objects.create(to=cast.bo, group="comments")
    return {"token": unsubscribe_link(letter, "comments").rstrip("/").rsplit("/", 1)[1]}


def _forged(cast: Cast) -> dict[str, object]:
    return {"token": f"{_bos_letter(cast)['token']}x"}


def bos(name: str, arguments: Arguments, method: str = "GET") -> Route:
    """For Bo alone."""
    return Route(name, {302: {"bo"}}, arguments=arguments, method=method)


NOTICES = [
    signed_in("notifications"),
    signed_in("notifications_read", 302, method="POST"),
    signed_in("mail_choices"),
    signed_in("mail_choices", 422, method="POST"),
    bos("notification", _bos),
    bos("notification_read", _bos, "POST"),
    Route("notification", {}, arguments=_noras_of_what_is_hidden),
    Route("notification_read", {}, method="POST", arguments=_noras_of_what_is_hidden),
    Route("notification", {}, arguments=_unknown),
    # The link in an e-mail needs no sign-in.
    public("unsubscribe", arguments=_bos_letter),
    public("unsubscribe", method="POST", arguments=_bos_letter),
    Route("unsubscribe", {404: EVERYBODY}, public=True, arguments=_forged),
    Route("unsubscribe", {404: EVERYBODY}, public=True, method="POST", arguments=_forged),
]
