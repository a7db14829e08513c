"""Passes that somebody signed with the wrong papers of `test_pki`, before the verifier: the verdict, and for what."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from tests.apple import chain, forge, test_pki
from tests.apple.test_pki import DAY, Papers

from walletcard import apple
from walletcard.apple._archive import archive, manifest

AT = chain.AT


def root() -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A root")])
    own = chain.key("root of all")
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(own.public_key())
    dated = builder.serial_number(1).not_valid_before(AT - 9_000 * DAY).not_valid_after(AT + 9_000 * DAY)
    return dated.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True).sign(own, hashes.SHA256())


ROOT = root()


def issued(one: x509.Certificate) -> x509.Certificate:
    """Return the same certificate, issued by the root."""
    builder = x509.CertificateBuilder().subject_name(one.subject).issuer_name(ROOT.subject)
    builder = builder.public_key(one.public_key()).serial_number(one.serial_number)
    builder = builder.not_valid_before(one.not_valid_before_utc).not_valid_after(one.not_valid_after_utc)
    for extension in one.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    return builder.sign(chain.key("root of all"), hashes.SHA256())


def signed(given: Papers) -> bytes:
    """Return the pass that a careless tool makes of these papers."""
    key: Any = load_der_private_key(given.key, None)
    key = key if isinstance(key, rsa.RSAPrivateKey) else chain.key()  # Another kind cannot fill an RSA signature.
    leaf = x509.load_der_x509_certificate(given.certificate)
    above = leaf if given.intermediate is None else issued(middle(given.intermediate))
    listed = manifest(forge.files())
    made = forge.signature(listed, leaf=leaf, issuer=above, key=key, at=given.at)
    return archive({**forge.files(), "manifest.json": listed, "signature": made})


def middle(given: bytes) -> x509.Certificate:
    if given.startswith(b"-----"):
        return next(one for one in x509.load_pem_x509_certificates(given) if "G4" in one.subject.rfc4514_string())
    return x509.load_der_x509_certificate(given)


# What an identity refuses by one code, the verifier finds in a pass by another; a few cases have a code of their own.
FOUND = {
    "key.expired": ("untrusted", "chain.expired"),
    "key.not-yet-valid": ("untrusted", "chain.not-yet-valid"),
    "key.purpose": ("untrusted", "chain.purpose"),
    "key.ca": ("untrusted", "chain.purpose"),
    "key.ids": ("untrusted", "id.mismatch"),
    "key.missing": ("untrusted", "chain.missing"),
    "key.intermediate": ("untrusted", "chain.missing"),
    "key.weak": ("untrusted", "chain.weak"),
    "key.kind": ("altered", "signature.forged"),
    "key.mismatch": ("altered", "signature.forged"),
}
OWN = {
    "the same without key id": ("untrusted", "chain.forged"),
    "right name, no key id, another key": ("untrusted", "chain.forged"),
    "right name and key, no authority": ("untrusted", "chain.authority"),
    "RSA 1024 beside a good certificate": ("altered", "signature.forged"),
}
MORE = {  # An authority's certificate names neither pass type nor team.
    "authority's certificate as one's own": {"id.mismatch"},
    "root as one's own": {"id.mismatch", "chain.missing"},
}
UNSIGNABLE = {  # With these no tool makes a pass.
    "a key request as certificate", "intermediate is a private key", "certificate as key", "two keys", "request as key",
    "nothing as key", "P-256 beside an RSA certificate",
}  # fmt: skip
CASES = [case for case in test_pki.REFUSED if case not in UNSIGNABLE]


def judged(given: Papers) -> apple.Verification:
    return apple.verify(signed(given), roots=chain.der(ROOT), at=given.at)


@pytest.mark.parametrize("case", CASES)
def test_wrong_papers_are_found_in_the_pass(case: str) -> None:
    code, make = test_pki.REFUSED[case]
    verdict, reason = OWN.get(case, FOUND[code])

    found = judged(make())

    errors = {one.code for one in found.issues if one.severity == "error"}
    assert (found.verdict, errors) == (verdict, {reason} | MORE.get(case, set()))
    assert all(one.hint and len(str(one)) <= 240 for one in found.issues)


@pytest.mark.parametrize("case", test_pki.ACCEPTED)
def test_right_papers_make_an_authentic_pass(case: str) -> None:
    found = judged(test_pki.ACCEPTED[case]())

    assert (found.verdict, set(found.properties.values()), found.issues) == ("authentic", {"ok"}, ())


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
