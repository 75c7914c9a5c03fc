"""A passkey device in software: makes and uses passkeys as a browser with a real one does."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """Holds one passkey. `verifies` is whether it checks finger, face or PIN."""

    origin: str = "https://testserver"
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user_handle: str = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Make a passkey as the options ask; what the browser then sends."""
        self.user_handle = options["user"]["id"]
        credential = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        credential += cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        data = self._data(options["rp"]["id"], HAS_CREDENTIAL) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": self._client_data("webauthn.create", options),
            "attestationObject": websafe_encode(attestation),
        }
        return self._answer(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Sign the options' challenge; what the browser then sends."""
        data = self._data(options["rpId"])
        client_data = self._client_data("webauthn.get", options)
        signed = self.key.sign(data + sha256(websafe_decode(client_data)).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": client_data,
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signed),
                "userHandle": self.user_handle,
            }
        )

    def _data(self, rp_id: str, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)

    def _client_data(self, kind: str, options: dict[str, Any]) -> str:
        text = json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False})
        return str(websafe_encode(text.encode()))

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        identity = websafe_encode(self.credential_id)
        return {"id": identity, "rawId": identity, "type": "public-key", "response": response, "clientExtensionResults": {}}
