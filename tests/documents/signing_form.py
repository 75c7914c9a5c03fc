"""The form of a signatory as a browser sends it."""

from django.test import Client

from documents.models import Decision, Version
from tests.support.cast import PASSWORD, Cast
from tests.support.signing import required


def address(cast: Cast) -> str:
    return f"/reports/{cast.report.pk}/sign-off/"


def answers(version: Version, **decisions: object) -> dict[str, str]:
    """What the form posts: approve=[seats], note=[…], decline=[…]."""
    posted = {"version": str(version.pk)}
    for decision, chosen in decisions.items():
        for seat in chosen:  # type: ignore[attr-defined]
            pk = required(version, seat).pk
            posted[f"decision-{pk}"] = decision
            posted[f"note-{pk}"] = "" if decision == Decision.APPROVED else "Paragraph 4 is wrong."
    return posted


def confirmed(client: Client, cast: Cast, posted: dict[str, str], password: str = PASSWORD) -> object:
    """Send the form, and the password that is asked for then."""
    asked = client.post(address(cast), posted)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    return client.post(asked["Location"], {"password": password, "next": address(cast)}, follow=True)
