"""What a pass certificate says about itself, safe to print: never a byte of a key or a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID

from walletcard.apple import _certificates as certificates
from walletcard.apple import _loading as loading
from walletcard.apple._moment import moment_or_now
from walletcard.errors import Issue, KeyMaterialError, quoted


def facts(leaf: x509.Certificate, at: datetime) -> dict[str, Any]:
    """Return what is known of a pass certificate, ready for JSON.

    Args:
        leaf: The certificate.
        at: From when the days are counted.
    """
    return {
        "pass_type": certificates.named(leaf.subject, NameOID.USER_ID),
        "team": certificates.named(leaf.subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
        "organization": certificates.named(leaf.subject, NameOID.ORGANIZATION_NAME),
        "issuer": certificates.generation(leaf.issuer),
        "not_before": leaf.not_valid_before_utc.isoformat(),
        "not_after": leaf.not_valid_after_utc.isoformat(),
        "days_left": (leaf.not_valid_after_utc - at).days,
        "nfc": certificates.has_nfc(leaf),
        "needs": certificates.intermediate_name(leaf),
        "authority": certificates.generation(leaf.subject) if certificates.is_ca(leaf) else None,
    }


def sentence(found: dict[str, Any]) -> str:
    """Return the facts as one line."""
    until, left = found["not_after"][:10], found["days_left"]
    dated = f"until {until} ({left} {'day' if left == 1 else 'days'} left)" if left >= 0 else f"expired on {until}"
    owner = f" ({quoted(found['organization'])})" if found["organization"] else ""
    issued = f"{dated}, issued by {found['issuer']}"
    if found["authority"] is not None:
        what = f"the authority's certificate {found['authority']}{owner}, {issued}"
        return f"{what}: it goes beside a pass certificate, and signs none"
    return (
        f"{found['pass_type'] or 'no pass type'} of team {found['team'] or 'unknown'}{owner}, {issued}, "
        f"{'with' if found['nfc'] else 'without'} NFC, needs {found['needs']}"
    )


def examined(
    data: object, *, key: object = None, password: object, at: datetime | None, intermediate: object = None
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Return the facts of a certificate in a file (.p12, PEM or DER) and everything that keeps it from signing.

    Args:
        data: The file's bytes.
        key: Those of the key's own file; ``None`` where the key is in the same one.
        password: What protects the key, if anything does.
        at: The moment to judge at; ``None`` means now.
        intermediate: The bytes of Apple's; without them the one in the file, if there is one.

    Raises:
        KeyMaterialError: There is no certificate to be read.
    """
    at = moment_or_now(at)
    keys, found = _opened(data, password) if key is None else _of_two(data, key, password)
    public = keys[0].public_key() if keys else None
    leaf = certificates.pick_leaf(found, public)
    issues = _tried(lambda: certificates.check_leaf(leaf))
    if certificates.is_ca(leaf):
        return facts(leaf, at), tuple(issues)  # It is somebody else's, and so is its key.
    if not keys:
        message, hint = (
            "no private key in this file",
            "signing needs it too: export both, or give the key's file as key=",
        )
        issues.append(Issue(code="key.missing", where="key", message=message, hint=hint, severity="warning"))
    elif certificates.public_key_of(leaf) != public or not isinstance(keys[0], rsa.RSAPrivateKey):
        message = f"is not the key of {quoted(certificates.subject_of(leaf))}"
        hint = certificates.MISMATCH_HINT
        issues.append(Issue(code="key.mismatch", where="key", message=message, hint=hint))
    issues += certificates.judge_dates(leaf, at, where="certificate")
    above = [one for one in found if certificates.is_ca(one) and one != leaf]
    if intermediate is not None:
        above.clear()
        issues += _tried(lambda: above.extend(loading.certificates(intermediate, where="intermediate")))
    if above:
        issuer = certificates.pick_intermediate(above, leaf)
        issues += _tried(lambda: certificates.check_intermediate(issuer, leaf))
        hint = certificates.intermediate_hint(leaf)
        issues += certificates.judge_dates(issuer, at, where="intermediate", hint=hint)
    return facts(leaf, at), tuple(issues)


def _opened(data: object, password: object) -> tuple[list[PrivateKeyTypes], list[x509.Certificate]]:
    content = loading.as_bytes(data, where=loading.ALONE)
    if loading.is_p12(content):
        key, found = loading.from_p12(content, password=password)
        return [key], found
    found = loading.certificates(content, where=loading.ALONE)
    if b"PRIVATE KEY-----" not in content:
        return [], found
    return loading.private_keys(content, password=password, where=loading.ALONE), found


def _of_two(data: object, key: object, password: object) -> tuple[list[PrivateKeyTypes], list[x509.Certificate]]:
    found = loading.certificates(data, where="certificate")
    return loading.private_keys(key, password=password, where="key"), found


def _tried(check: Callable[[], object]) -> list[Issue]:
    """Return what a check raised as an issue."""
    try:
        check()
    except KeyMaterialError as error:
        return [Issue(code=error.code, where=error.where, message=error.message, hint=error.hint)]
    return []
