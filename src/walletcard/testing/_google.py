"""A service account made on the spot, so that links are built and verified without an account at Google."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from walletcard.google import ServiceAccount

_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105  # An address, not a token.


class ThrowawayServiceAccount(ServiceAccount):
    """A service account that no one at Google knows: for tests, examples and previews."""

    __slots__ = ()

    @property
    def public_pem(self) -> bytes:
        """The public key, PEM, to verify what was signed."""
        public = self._key.public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return public.public_bytes(serialization.Encoding.PEM, form)

    def to_json(self) -> str:
        """Return a key file like those that Google gives, private key included."""
        content = {
            "type": "service_account",
            "project_id": "walletcard-throwaway",
            "private_key_id": "0" * 40,
            "private_key": _pem(self._key),
            "client_email": self.client_email,
            "client_id": "0" * 21,
            "token_uri": self.token_uri,
        }
        return json.dumps(content, indent=2) + "\n"


def throwaway_service_account() -> ThrowawayServiceAccount:
    """Return a new service account with a fresh RSA key; each call makes another."""
    return ThrowawayServiceAccount(
        client_email=f"throwaway@{ServiceAccount.THROWAWAY_DOMAIN}",
        token_uri=_TOKEN_URI,
        key=rsa.generate_private_key(public_exponent=65537, key_size=2048),
    )


def _pem(key: rsa.RSAPrivateKey) -> str:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem.decode("ascii")
