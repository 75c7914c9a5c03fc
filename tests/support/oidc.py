"""An organisation's sign-in (OpenID Connect) for tests: a process of its own on loopback, which can be told to misbehave.

`python -m tests.support.oidc` prints its port and serves until it is ended. `MockProvider` starts and steers it.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.http import HttpResponse
from django.test import Client

CLIENT_ID, CLIENT_SECRET = "the-portal", "known-to-both"
KEY_ID = "key-of-the-test"


@dataclass(frozen=True)
class MockProvider:
    """The running provider, as a test uses it."""

    address: str

    def app(self, provider_id: str, organisation: str) -> dict[str, Any]:
        """How the settings name this provider."""
        return {
            "provider_id": provider_id,
            "name": "Test Council",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {
                "server_url": self.address,
                "oauth_pkce_enabled": True,
                "uid_field": "oid",
                "organisation": organisation,
            },
        }

    def next_person(self, *, fault: str = "", **claims: Any) -> None:
        """Whom the provider signs in next, and how its answer is wrong."""
        httpx.post(f"{self.address}/next", json={"fault": fault, "claims": claims}).raise_for_status()

    def sign_in(self, client: Client, start: str) -> HttpResponse:
        """Walk from the portal to the provider and back, as a browser does; return what the portal answers then."""
        there = client.get(start)
        assert there.status_code == HTTPStatus.FOUND, there.content.decode()
        back = httpx.get(there["Location"])
        assert back.status_code == HTTPStatus.FOUND, back.text
        return client.get(back.headers["location"])  # type: ignore[return-value]


@contextmanager
def running_provider() -> Iterator[MockProvider]:
    """Start the provider's process, and end it."""
    command = [sys.executable, "-m", "tests.support.oidc"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        assert port, "The mock provider ended at once."
        try:
            yield MockProvider(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


class _Handler(BaseHTTPRequestHandler):
    key: ClassVar = generate_private_key(public_exponent=65537, key_size=2048)
    strange_key: ClassVar = generate_private_key(public_exponent=65537, key_size=2048)
    person: ClassVar[dict[str, Any]] = {"fault": "", "claims": {}}
    asked: ClassVar[dict[str, dict[str, str]]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.connection.getsockname()[1]}"

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self._json(self._configuration())
        elif url.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            self._json({"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]})
        elif url.path == "/authorize":
            self._authorize(query)
        else:
            self._json({"error": "not_found"}, HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.path == "/next":
            type(self).person = json.loads(body)
            self._json({})
        elif self.path == "/token":
            self._token({name: values[0] for name, values in parse_qs(body).items()})
        else:
            self._json({"error": "not_found"}, HTTPStatus.NOT_FOUND)

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _authorize(self, query: dict[str, str]) -> None:
        """As a strict provider: only this client, by code, with a nonce and PKCE."""
        right = (
            query.get("client_id") == CLIENT_ID
            and query.get("response_type") == "code"
            and "openid" in query.get("scope", "").split()
            and query.get("code_challenge_method") == "S256"
            and query.get("nonce")
            and query.get("state")
        )
        if not right:
            self._json({"error": "invalid_request"}, HTTPStatus.BAD_REQUEST)
            return
        if self.person["fault"] == "cancelled":
            answer = {"error": "access_denied"}
        else:
            code = secrets.token_urlsafe(16)
            self.asked[code] = query
            answer = {"code": code}
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer | {'state': query['state']})}")
        self.end_headers()

    def _token(self, form: dict[str, str]) -> None:
        query = self.asked.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        known = query and (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if not query or not known or challenge != query["code_challenge"] or form["redirect_uri"] != query["redirect_uri"]:
            self._json({"error": "invalid_grant"}, HTTPStatus.BAD_REQUEST)
            return
        token = {"access_token": "unused", "token_type": "Bearer", "expires_in": 300}
        if self.person["fault"] != "no token":
            token["id_token"] = self._signed(query["nonce"])
        self._json(token)

    def _signed(self, nonce: str) -> str:
        fault, now = self.person["fault"], int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce} | self.person[
            "claims"
        ]
        claims |= {
            "issuer": {"iss": "https://elsewhere.example"},
            "audience": {"aud": "another-client"},
            "expired": {"iat": now - 900, "exp": now - 600},
            "nonce": {"nonce": "of-somebody-else"},
        }.get(fault, {})
        if fault == "unsigned":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": KEY_ID})
        key = self.strange_key if fault == "signature" else self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": KEY_ID})

    def _json(self, content: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
