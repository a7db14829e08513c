"""The ``signature`` of a pass in, what it says out: BER or DER, of any maker, before anything of it is believed.

https://www.rfc-editor.org/rfc/rfc5652#section-5
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, NoReturn

from asn1crypto import cms, core, parser
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from walletcard.apple import _loading
from walletcard.apple._certificates import public_key_of
from walletcard.apple._overlooked import USED, overlooked
from walletcard.errors import Issue, KeyMaterialError, quoted

MAX_BYTES: Final = 100_000
MAX_CERTIFICATES: Final = 16
_HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_ALTERED: Final = "the pass was changed after signing: do not trust this copy"
_MAKER: Final = "ask its maker to sign it with a maintained tool"
# What the layer below raises depends on which byte is wrong.
_BROKEN: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    Warning,
)


class BadSignature(Exception):  # noqa: N818  # Never leaves this room.
    """The signature cannot be read, or says what none of a pass may say."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue


class Signed(NamedTuple):
    """What one signature says.

    Attributes:
        leaf: The certificate of the signer.
        enclosed: Every certificate inside, the leaf too.
        algorithm: The digest, such as ``sha256``.
        digest: Of the signed document, as the attributes say; ``None`` without attributes.
        at: The signing time; ``None`` when it is not there.
        attributes: What the signature is of, when there are attributes.
        signature: Its bytes.
    """

    leaf: x509.Certificate
    enclosed: tuple[x509.Certificate, ...]
    algorithm: str
    digest: bytes | None
    at: datetime | None
    attributes: bytes | None
    signature: bytes

    def digest_fits(self, content: bytes) -> bool:
        """Tell whether the digest is that of ``content``."""
        return self.digest == hashlib.new(self.algorithm, content, usedforsecurity=False).digest()

    def fits(self, content: bytes) -> bool | None:
        """Tell whether the leaf's key made the signature; ``None`` when this machine cannot say."""
        key = public_key_of(self.leaf)
        if not isinstance(key, rsa.RSAPublicKey):
            return None if key is None else False
        try:
            signed = content if self.attributes is None else self.attributes
            key.verify(self.signature, signed, padding.PKCS1v15(), _HASHES[self.algorithm]())
        except InvalidSignature:
            return False
        except UnsupportedAlgorithm:
            return None
        return True


class _Enclosed(NamedTuple):
    """A certificate beside a signature, and by what a signer names it."""

    whole: x509.Certificate
    serial: int
    issuer: bytes
    key_id: bytes | None


def read_signature(data: bytes) -> Signed:
    """Return what a signature says.

    Raises:
        BadSignature: It is not one, or not such as a pass has.
    """
    if len(data) > MAX_BYTES:
        _refuse("signature.size", f"{len(data):_} bytes, over {MAX_BYTES:_}", _MAKER)
    if data.startswith(b"-----BEGIN"):
        _refuse("signature.format", "is PEM, not DER", _MAKER)
    try:
        return _read(data)
    except BadSignature:
        raise
    except _BROKEN:
        _refuse("signature.format", "not a signature, or damaged", _ALTERED)


def _read(data: bytes) -> Signed:
    size = parser.peek(data)
    if size < len(data):
        _refuse("signature.trailing", f"{len(data) - size} extra bytes at its end", _ALTERED)
    whole = cms.ContentInfo.load(data)
    if whole["content_type"].native != "signed_data":
        _refuse("signature.format", f"holds {quoted(whole['content_type'].native)}, not a signature", _MAKER)
    content = whole["content"]
    inner = content["encap_content_info"]
    if inner["content_type"].native != "data" or inner["content"].native is not None:
        _refuse("signature.attached", "holds a document of its own", "sign the manifest detached")
    signers = content["signer_infos"]
    if len(signers) != 1:
        _refuse("signature.signers", f"has {len(signers)} signers, a pass has one", _MAKER)
    signer = signers[0]
    # Parts that nothing depends on are read too: what a strict reader refuses is refused here.
    _ = content["crls"].native, signer["unsigned_attrs"].native
    if not all(isinstance(one["version"].native, str) for one in (content, signer)):
        _refuse("signature.format", "is of a version that nobody knows", _ALTERED)
    leaf, enclosed = _certificates(content, signer)
    algorithm = _algorithm(signer)
    digests = [one["algorithm"].native for one in content["digest_algorithms"]]
    if algorithm not in digests or not _HASHES.keys() >= set(digests):
        _refuse("signature.algorithm", "lists other digests than it uses", _ALTERED)
    attributes = _attributes(signer)
    if shown := overlooked(whole):
        _refuse("signature.format", shown, _ALTERED)
    return Signed(
        leaf=leaf,
        enclosed=enclosed,
        algorithm=algorithm,
        digest=None if attributes is None else bytes(_one(attributes, "message_digest").native),
        at=None if attributes is None else _time(attributes),
        attributes=None if attributes is None else _as_signed(signer["signed_attrs"]),
        signature=bytes(signer["signature"].native),
    )


def _algorithm(signer: Any) -> str:
    digest = signer["digest_algorithm"]["algorithm"].native
    scheme = signer["signature_algorithm"]
    if digest not in _HASHES:
        _refuse("signature.algorithm", f"digest {quoted(digest)} is not one of a pass", _MAKER)
    if scheme.signature_algo != "rsassa_pkcs1v15":
        _refuse("signature.algorithm", f"made with {quoted(scheme['algorithm'].native)}, not RSA", _MAKER)
    if scheme["algorithm"].native != "rsassa_pkcs1v15" and scheme.hash_algo != digest:
        _refuse("signature.algorithm", "names two different digests", _ALTERED)
    return str(digest)


def _certificates(content: Any, signer: Any) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """Return the signer's certificate, and all enclosed ones."""
    choices = [one for one in content["certificates"] or () if one.name == "certificate"]
    if len(choices) > MAX_CERTIFICATES:
        _refuse("signature.certificates", f"holds {len(choices)} certificates, over {MAX_CERTIFICATES}", _MAKER)
    enclosed = [_certificate(bytes(one.chosen.dump())) for one in choices]
    leaf = next((one for one in enclosed if _is_of(one, signer["sid"])), None)
    if leaf is None:
        _refuse("signature.certificate", "the certificate of its signer is not enclosed", _MAKER)
    return leaf.whole, tuple(one.whole for one in enclosed)


# A maker's passes enclose the same two, and reading them is most of the work.
@lru_cache(maxsize=32)
def _certificate(der: bytes) -> _Enclosed:
    parts = asn1_x509.Certificate.load(der)
    _ = parts.subject.native, parts.issuer.native
    # The layer below overlooks bits that are called unused: one signature in two spellings.
    if parts["signature_value"].contents[:1] != b"\0":
        _refuse("signature.certificate", "one of its certificates is malformed", _ALTERED)
    try:
        whole = _loading.certificates(der, where="signature")[0]
    except KeyMaterialError:
        _refuse("signature.certificate", "one of its certificates is malformed", _ALTERED)
    return _Enclosed(whole, parts.serial_number, parts.issuer.dump(), parts.key_identifier)


def _is_of(enclosed: _Enclosed, sid: Any) -> bool:
    """Tell whether a signer's name for its certificate means this one."""
    if sid.name != "issuer_and_serial_number":
        return enclosed.key_id is not None and bool(enclosed.key_id == sid.chosen.native)
    named = sid.chosen
    if enclosed.serial != named["serial_number"].native:
        return False
    # Nearly always the same bytes; else the same name in other letters, which takes long to tell.
    if enclosed.issuer == named["issuer"].dump():
        return True
    return bool(asn1_x509.Name.load(enclosed.issuer) == named["issuer"])


def _attributes(signer: Any) -> dict[str, list[Any]] | None:
    """Return the signed attributes by their kind; each is there once."""
    given = signer["signed_attrs"]
    if isinstance(given, core.Void) or not len(given):
        return None
    found: dict[str, list[Any]] = {}
    for one in given:
        kind = one["type"].native
        if kind in found:
            _refuse("signature.attribute", f"says {quoted(kind)} twice", _ALTERED)
        # Of the others nothing is used, and some makers' S/MIME capabilities are more than the layer below can read.
        found[kind] = list(one["values"]) if kind in USED else []
    if _one(found, "content_type").native != "data":
        _refuse("signature.attribute", "signs something other than plain data", _ALTERED)
    return found


def _one(attributes: dict[str, list[Any]], kind: str) -> Any:
    values = attributes.get(kind, [])
    if len(values) != 1:
        _refuse("signature.attribute", f"says {quoted(kind)} {len(values)} times, not once", _ALTERED)
    return values[0]


def _time(attributes: dict[str, list[Any]]) -> datetime | None:
    if "signing_time" not in attributes:
        return None
    at = _one(attributes, "signing_time").native
    if not isinstance(at, datetime) or at.tzinfo is None:
        _refuse("signature.attribute", "its signing time is no time", _ALTERED)
    return at.astimezone(UTC)


def _as_signed(attributes: Any) -> bytes:
    """Return the attributes as they were signed: DER, under the tag of a SET although they travel under [0].

    They stay in the order in which they came. OpenSSL reads them so, and half the world does not sort them.
    """
    body = b"".join(one.dump(force=one["type"].native in USED) for one in attributes)
    size = len(body)
    head = bytes([size]) if size < 0x80 else bytes([0x80 | (size.bit_length() + 7) // 8])
    return b"\x31" + head + (b"" if size < 0x80 else size.to_bytes((size.bit_length() + 7) // 8, "big")) + body


def _refuse(code: str, message: str, hint: str) -> NoReturn:
    raise BadSignature(Issue(code=code, where="signature", message=message, hint=hint))
