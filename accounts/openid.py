"""Stricter than allauth: the token of an organisation's sign-in must be signed by it, and be the answer to our question."""

# allauth has no types.
# mypy: disallow-subclassing-any=False

from secrets import compare_digest
from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Reads the answer of an OpenID Connect provider. Whatever is wrong with it becomes OAuth2Error, which has a page."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Take who somebody is from the signed token alone: Microsoft's user information has no `oid`."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("The answer holds no token that says who the person is.")
        try:
            return self.get_provider().sociallogin_from_response(request, {"id_token": self._decode_id_token(app, signed)})
        except (KeyError, ValueError, TypeError) as error:
            raise OAuth2Error("The token lacks something.") from error

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        self._check_nonce(claims)
        return claims

    def _check_nonce(self, claims: dict[str, Any]) -> None:
        """The token must be the answer to what this browser asked: no other person's can be slipped in."""
        if not self.nonce or not compare_digest(self.nonce.encode(), str(claims.get("nonce", "")).encode()):
            raise OAuth2Error("The token was not made for this sign-in.")


class Callback(OAuth2CallbackView):
    """Where the browser comes back to."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        """Hand the nonce to the adapter, before it looks at the token and before anything is stored."""
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = str((state or {}).get("nonce", ""))
        return state, response
