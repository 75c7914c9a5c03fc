"""Signing in through one's organisation (OpenID Connect).

An identity of an organisation's provider opens the portal only after its person accepted an invitation with it. Which
invitations are open is known by another room: it registers how to accept one (`on_invitation`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User

NOT_INVITED = (
    "Nobody has invited this account yet. Ask an administrator of your organisation for an invitation, "
    "and open the link in it first."
)
_SESSION_KEY = "invitation_by_single_sign_on"


class InvitationRefusedError(Exception):
    """The invitation cannot be accepted with this identity; the text tells the person why and what to do."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation's own sign-in. `organisation` is the organisation's slug."""

    provider_id: str
    name: str
    organisation: str

    @property
    def url(self) -> str:
        return reverse("openid_connect_login", kwargs={"provider_id": self.provider_id})


@dataclass(frozen=True, slots=True)
class Identity:
    """What a provider says of a person. `addresses` are in lower case; they prove nothing beyond its organisation."""

    provider_id: str
    uid: str
    organisation: str
    addresses: frozenset[str]
    full_name: str


# Takes the invitation's key and the identity; accepts, and returns the person. InvitationRefusedError if it may not.
AcceptInvitation = Callable[[str, Identity], User]
_accept: list[AcceptInvitation] = []


def on_invitation(accept: AcceptInvitation) -> None:
    """Register how an invitation is accepted; the latest registration holds."""
    _accept[:] = [accept]


def providers() -> list[Provider]:
    """Every organisation's sign-in that the settings name."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [Provider(app["provider_id"], app["name"], app["settings"]["organisation"]) for app in apps]


def provider_of(organisation: str) -> Provider | None:
    """The sign-in of the organisation with this slug, if it has its own."""
    return next((provider for provider in providers() if provider.organisation == organisation), None)


def begin(request: HttpRequest, provider: Provider, *, invitation: str) -> str:
    """Remember that this browser holds an invitation; return the address at which its person goes on."""
    request.session[_SESSION_KEY] = {"provider_id": provider.provider_id, "invitation": invitation}
    return provider.url


def accept(request: HttpRequest, login: SocialLogin) -> User:
    """Accept the invitation that this browser holds. InvitationRefusedError if it holds none for this provider."""
    held = request.session.pop(_SESSION_KEY, None) or {}
    identity = identity_of(login)
    if not _accept or held.get("provider_id") != identity.provider_id:
        raise InvitationRefusedError(NOT_INVITED)
    return _accept[0](held["invitation"], identity)


def identity_of(login: SocialLogin) -> Identity:
    """What the provider's token says, without what nobody needs."""
    claims = login.account.extra_data.get("id_token", {})
    addresses = {claims.get("email"), claims.get("preferred_username")} - {None}
    return Identity(
        provider_id=login.account.provider,
        uid=login.account.uid,
        organisation=login.provider.app.settings["organisation"],
        addresses=frozenset(str(address).strip().lower() for address in addresses),
        full_name=str(claims.get("name", "")).strip()[:150],
    )
