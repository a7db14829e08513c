"""A digest and a moment in, the DER of a detached signature out.

The CMS of one identity is described once. From pass to pass only three slots change, each of a fixed size: the
digest of the manifest, the signing time, the signature. The result is what ``cryptography``'s
``PKCS7SignatureBuilder`` makes in the same second, byte for byte; that builder takes neither a signing time nor a key
that lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from asn1crypto import algos, cms, core, x509

# What stands in the slots of the template; looked for among the attributes alone, where nothing else looks like it.
_TIME_MARK: Final = datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC)
_DIGEST_MARK: Final = b"\xd1" * 32

_SEQUENCE_OF_SET: Final = b"\x31"  # The attributes are signed as a SET, although they travel under [0].


class Layout:
    """Where the three slots of one signer's CMS lie.

    Args:
        certificate: DER of the signer's certificate.
        intermediate: DER of the certificate that issued it.
        signature_size: Bytes of one signature: the size of the key.
    """

    __slots__ = ("_after", "_attributes", "_before", "_between", "_signature_size")

    def __init__(self, *, certificate: bytes, intermediate: bytes, signature_size: int) -> None:
        whole, attributes = _described(certificate, intermediate, signature_size)
        self._signature_size = signature_size
        # The template ends with the attributes, the algorithm and the signature: all found from the end.
        start = whole.rindex(attributes[1:])
        self._before = whole[:start]
        self._after = whole[start + len(attributes) - 1 : -signature_size]
        time_mark = f"{_TIME_MARK:%y%m%d%H%M%SZ}".encode("ascii")
        head, rest = (_SEQUENCE_OF_SET + attributes[1:]).split(time_mark)
        # DER sorts the attributes by their encoding, and the digest's is the longest: it comes last.
        self._attributes, self._between = head, rest.removesuffix(_DIGEST_MARK)

    def fill(self, *, digest: bytes, at: datetime, sign: Callable[[bytes], bytes]) -> bytes:
        """Return the DER for one document.

        Args:
            digest: SHA-256 of the signed bytes.
            at: The signing time, aware, before 2050 (the slot holds two digits of a year).
            sign: Signs the attributes; must answer with exactly as many bytes as the slot has.
        """
        before, attributes = self.unsigned(digest=digest, at=at)
        return before + sign(attributes)

    def unsigned(self, *, digest: bytes, at: datetime) -> tuple[bytes, bytes]:
        """Return all that stands before the signature, and the attributes that it signs.

        Args:
            digest: SHA-256 of the signed bytes.
            at: The signing time.
        """
        moment = f"{at.astimezone(UTC):%y%m%d%H%M%SZ}".encode("ascii")
        attributes = b"".join((self._attributes, moment, self._between, digest))
        return b"".join((self._before, attributes[1:], self._after)), attributes


def _described(certificate: bytes, intermediate: bytes, signature_size: int) -> tuple[bytes, bytes]:
    """Return the template and, inside it, its signed attributes."""
    leaf = x509.Certificate.load(certificate)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256", "parameters": core.Null()})
    signed = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("signing_time", cms.Time({"utc_time": _TIME_MARK})),
            _attribute("message_digest", _DIGEST_MARK),
        ]
    )
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": leaf.issuer, "serial_number": leaf.serial_number}
                    )
                }
            ),
            "digest_algorithm": sha256,
            "signed_attrs": signed,
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()}
            ),
            "signature": bytes(signature_size),
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [leaf, x509.Certificate.load(intermediate)],
            "signer_infos": [signer],
        }
    )
    whole = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return whole, signer["signed_attrs"].dump()


def _attribute(kind: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})
