"""Chains of every shape above one pass: which hold, which do not, and what whoever checks the pass is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import NameOID
from tests.apple import chain, forge
from tests.apple.structured import Node, parsed, within

from walletcard import apple
from walletcard.apple import _chain
from walletcard.apple._archive import archive, manifest

AT: Final = chain.AT
DAY: Final = timedelta(days=1)
COPY, RENEWED = "do not trust this copy", "ask the maker for a renewed pass"
APPLES = "ask the maker for a pass with a certificate of Apple's"
LEAF = "Pass Type ID: pass.test.card"
MANIFEST = manifest(forge.files())
EC = ec.generate_private_key(ec.SECP256R1())


def named(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)] if common else [])


def authority(
    common: str,
    *,
    above: x509.Certificate | None = None,
    by: Any = None,
    own: Any = None,
    ca: bool | None = True,
    length: int | None = None,
    usage: bool | None = None,
    first: datetime = AT - 9_000 * DAY,
    last: datetime = AT + 9_000 * DAY,
    identifier: bytes | None = None,
) -> x509.Certificate:
    """Return an authority of this name, whose key bears the name too; its own issuer unless one is given."""
    own = own or chain.key(common)
    issuer = named(common) if above is None else above.subject
    builder = x509.CertificateBuilder().subject_name(named(common)).issuer_name(issuer).public_key(own.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(first).not_valid_after(last)
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=length), critical=True)
    if usage is not None:
        rest = dict.fromkeys(
            (
                "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign",
                "encipher_only", "decipher_only",
            ),
            False,
        )  # fmt: skip
        builder = builder.add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=usage, **rest), critical=True
        )
    if identifier is not None:
        builder = builder.add_extension(x509.SubjectKeyIdentifier(identifier), critical=False)
    signer = by or (own if above is None else chain.key(above.subject.rfc4514_string().removeprefix("CN=")))
    return builder.sign(signer, hashes.SHA256())


def leaf_of(above: x509.Certificate, **options: Any) -> x509.Certificate:
    issuer_key = options.pop("by", None) or chain.key(above.subject.rfc4514_string().removeprefix("CN="))
    return chain.leaf(issuer=above, issuer_key=issuer_key, **{"key_id": False, **options})


def judged(
    leaf: x509.Certificate,
    beside: x509.Certificate,
    *,
    roots: Sequence[x509.Certificate],
    given: Sequence[x509.Certificate] = (),
    at: datetime = AT,
    now: datetime = AT,
) -> apple.Verification:
    """Return how a pass is judged that was signed with these papers at a moment."""
    made = forge.signature(MANIFEST, leaf=leaf, issuer=beside, at=at)
    data = archive({**forge.files(), "manifest.json": MANIFEST, "signature": made})
    found = apple.verify(
        data, roots=[chain.der(one) for one in roots], intermediates=[chain.der(one) for one in given], at=now
    )
    assert all(len(str(one)) <= 240 for one in found.issues)
    assert {one.where for one in found.issues if not one.code.startswith("id.")} <= {"signature"}
    return found


def said(found: apple.Verification) -> list[str]:
    return [f"{one.severity} {one.code} {one.message}; {one.hint}" for one in found.issues]


def line(length: int) -> list[x509.Certificate]:
    """Return so many authorities, each issued by the next; the last is the root."""
    found = [authority("A0")]
    for number in range(1, length):
        found.insert(0, authority(f"A{number}", above=found[0]))
    return found


@pytest.mark.parametrize("length", [1, 2, 5])
def test_up_to_five_authorities_stand_above_a_pass(length: int) -> None:
    above = line(length)

    found = judged(leaf_of(above[0]), above[0], roots=above[-1:], given=above[1:-1])

    assert (found.verdict, said(found)) == ("authentic", [])


def test_a_sixth_authority_is_one_too_many() -> None:
    above = line(6)

    found = judged(leaf_of(above[0]), above[0], roots=above[-1:], given=above[1:-1])

    assert (found.verdict, found.chain) == ("untrusted", "unknown")
    assert said(found) == [
        'error chain.missing the issuer of "A1" is neither enclosed nor given; pass it in intermediates= or roots='
    ]


def test_authorities_that_issued_each_other_lead_nowhere() -> None:
    one, root = authority("one"), authority("root")
    two = authority("two", above=one)
    again = authority("one", above=two)

    found = judged(leaf_of(two), two, roots=[root], given=[again])

    assert (found.verdict, found.chain) == ("untrusted", "unknown")
    assert [one.code for one in found.issues] == ["chain.missing"]


def test_a_root_may_be_the_very_issuer() -> None:
    root = authority("root")

    assert judged(leaf_of(root), root, roots=[root]).verdict == "authentic"
    assert judged(root, root, roots=[root]).chain == "unknown"  # Nobody vouches for oneself.


def test_a_missing_issuer_is_named_and_where_to_bring_it() -> None:
    middle, root = authority("middle", above=authority("root")), authority("root")

    found = judged(leaf_of(middle), root, roots=[authority("other")])

    assert (found.verdict, found.chain) == ("untrusted", "unknown")
    assert said(found) == [
        f'error chain.missing the issuer of "{LEAF}" is neither enclosed nor given; pass it in intermediates= or roots='
    ]


@pytest.mark.parametrize(
    ("unit", "message", "hint"),
    [
        (
            "G4",
            "WWDR G4 is neither enclosed nor known",
            "pass intermediates= AppleWWDRCAG4.cer from https://www.apple.com/certificateauthority/",
        ),
        (
            "Apple Worldwide Developer Relations",
            "the certificate that issued the signer's is neither enclosed nor known",
            "pass Apple's WWDR certificate of that time in intermediates=",
        ),
    ],
)
def test_a_missing_intermediate_of_apple_is_named_by_its_file(unit: str, message: str, hint: str) -> None:
    own = chain.authority(unit=unit)
    other = authority("other")

    found = judged(chain.leaf(issuer=own), other, roots=[other])

    assert (found.verdict, found.chain) == ("untrusted", "unknown")
    assert said(found) == [f"error chain.missing {message}; {hint}"]


@pytest.mark.parametrize(("common", "shown"), [("A", "A"), ("", "2.5.4.97=Somebody")])
def test_an_issuer_that_is_not_apple_is_named(common: str, shown: str) -> None:
    name = named(common) if common else x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "Somebody")])
    above = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(chain.key("A").public_key())
    above = above.serial_number(3).not_valid_before(AT - DAY).not_valid_after(AT + DAY)
    other = authority("other")
    made = forge.signature(
        MANIFEST, leaf=leaf_of(above.sign(chain.key("A"), hashes.SHA256()), by=chain.key("A")), issuer=other
    )

    found = apple.verify(archive({**forge.files(), "manifest.json": MANIFEST, "signature": made}), at=AT)

    assert found.verdict == "untrusted"
    assert said(found) == [
        f'error chain.foreign not issued by Apple but by "{shown}"; pass roots= if this is your own test authority'
    ]


def test_a_signature_of_somebody_else_under_the_issuers_name_is_forged() -> None:
    root = authority("root")

    found = judged(leaf_of(root, by=chain.key("stranger")), root, roots=[root])

    assert (found.verdict, found.chain) == ("untrusted", "fails")
    assert said(found) == [f'error chain.forged the key of "root" did not sign "{LEAF}"; {COPY}']


def test_a_forged_certificate_higher_up_is_named() -> None:
    root = authority("root")
    middle = authority("middle", above=root, by=chain.key("stranger"))

    found = judged(leaf_of(middle), middle, roots=[root])

    assert (found.verdict, found.chain) == ("untrusted", "fails")
    assert said(found) == [f'error chain.forged the key of "root" did not sign "middle"; {COPY}']


def test_of_several_of_one_name_the_one_that_fits_is_taken() -> None:
    root = authority("root")
    stranger = authority("root", own=chain.key("stranger"))

    assert judged(leaf_of(root), stranger, roots=[root]).verdict == "authentic"
    assert judged(leaf_of(root), root, roots=[stranger, root]).verdict == "authentic"
    assert judged(leaf_of(root), root, roots=[stranger]).verdict == "untrusted"


def test_of_several_renewals_the_one_that_was_valid_is_taken() -> None:
    root = authority("root")
    old = authority("middle", above=root, last=AT - 100 * DAY)
    new = authority("middle", above=root)

    ends, begins = authority("middle", above=root, last=AT), authority("middle", above=root, first=AT)

    for good in (new, ends, begins):
        for beside, given in ((old, [good]), (good, [old])):
            found = judged(leaf_of(good), beside, roots=[root], given=given)
            assert (found.verdict, said(found)) == ("authentic", [])


def test_of_several_renewals_the_trusted_one_is_taken() -> None:
    new = authority("root")
    old = authority("root", last=AT - 100 * DAY)

    found = judged(leaf_of(old), new, roots=[old])

    assert [one.code for one in found.issues] == ["chain.expired"]  # Trust is asked for first.
    assert judged(leaf_of(old), old, roots=[new]).verdict == "authentic"


def test_key_ids_tell_issuers_apart() -> None:
    right = x509.AuthorityKeyIdentifier.from_issuer_public_key(chain.key("root").public_key()).key_identifier
    root, other = authority("root", identifier=right), authority("root", identifier=b"another")
    below = leaf_of(root, key_id=True)

    assert judged(below, root, roots=[root]).verdict == "authentic"
    found = judged(below, other, roots=[other])
    assert (found.chain, [one.code for one in found.issues]) == ("unknown", ["chain.missing"])


def test_an_issuer_may_be_named_by_its_serial_number_alone() -> None:
    root = authority("root", identifier=b"an id")
    plain = leaf_of(root)
    builder = x509.CertificateBuilder().subject_name(plain.subject).issuer_name(root.subject).serial_number(5)
    builder = builder.public_key(plain.public_key()).not_valid_before(AT).not_valid_after(AT)
    for one in plain.extensions:
        builder = builder.add_extension(one.value, critical=one.critical)
    above = x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(root.subject)], root.serial_number)
    made = builder.add_extension(above, critical=False).sign(chain.key("root"), hashes.SHA256())

    assert judged(made, root, roots=[root]).verdict == "authentic"


def test_apples_authorities_are_known_by_their_fingerprints_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    root = authority("root")
    data = archive({
        **forge.files(), "manifest.json": MANIFEST,
        "signature": forge.signature(MANIFEST, leaf=leaf_of(root), issuer=root),
    })  # fmt: skip
    assert apple.verify(data, at=AT).verdict == "untrusted"

    monkeypatch.setattr(_chain, "APPLE", frozenset({root.fingerprint(hashes.SHA256()).hex()}))

    assert apple.verify(data, at=AT).verdict == "authentic"
    assert apple.verify(data, roots=chain.der(authority("other")), at=AT).verdict == "untrusted"


MADE = "made on 2026-11-21, but "


@pytest.mark.parametrize(
    ("leaf", "root", "lines"),
    [
        ({"last": AT}, {}, []),
        ({"first": AT}, {}, []),
        ({}, {"last": AT}, []),
        ({}, {"first": AT}, []),
        ({"last": AT - DAY}, {}, [f'error chain.expired {MADE}"{LEAF}" expired on 2026-11-20; {RENEWED}']),
        (
            {"first": AT + DAY},
            {},
            [f'error chain.not-yet-valid {MADE}"{LEAF}" is valid from 2026-11-22 10:00 UTC; {RENEWED}'],
        ),
        ({}, {"last": AT - DAY}, [f'error chain.expired {MADE}"root" expired on 2026-11-20; {RENEWED}']),
        ({"last": AT + 20 * DAY}, {"last": AT + 20 * DAY}, []),
    ],
)
def test_a_chain_holds_on_the_day_of_signing(leaf: dict[str, Any], root: dict[str, Any], lines: list[str]) -> None:
    above = authority("root", **root)

    found = judged(leaf_of(above, **leaf), above, roots=[above])

    expired = [one for one in said(found) if " chain." in one]
    assert (found.chain, expired) == ("fails" if lines else "ok", lines)


def test_what_expired_after_signing_stays_authentic_and_is_noted_once() -> None:
    root = authority("root", last=AT + 5 * DAY)
    below = leaf_of(root, last=AT + 4 * DAY)

    found = judged(below, root, roots=[root], now=AT + 9 * DAY)

    assert (found.verdict, found.current) == ("authentic", "fails")
    assert said(found) == [
        f'note key.expired the certificate "{LEAF}" expired on 2026-11-25; passes signed before stay valid'
    ]
    later = judged(leaf_of(root), root, roots=[root], now=AT + 9 * DAY)
    assert said(later) == [
        'note key.expired the certificate "root" expired on 2026-11-26; passes signed before stay valid'
    ]


@pytest.mark.parametrize(("days", "current"), [(4, "ok"), (5, "fails"), (-30, "ok"), (-31, "fails")])
def test_a_certificate_is_current_from_its_first_second_to_its_last(days: int, current: str) -> None:
    root = authority("root")
    moment = AT + 4 * DAY if days > 0 else AT - 30 * DAY
    below = leaf_of(root, first=AT - 30 * DAY, last=AT + 4 * DAY)

    found = judged(below, root, roots=[root], at=moment, now=AT + days * DAY)

    assert found.current == current


def test_a_certificate_that_was_not_yet_valid_is_said_to_be_so() -> None:
    root = authority("root")

    found = judged(leaf_of(root, first=AT), root, roots=[root], at=AT + DAY, now=AT - DAY)

    assert 'the certificate "Pass Type ID: pass.test.card" is valid from 2026-11-21' in [
        one.message for one in found.issues
    ]


def test_a_signature_without_a_time_is_judged_now() -> None:
    root = authority("root")
    made = forge.signature(MANIFEST, leaf=leaf_of(root, last=AT + DAY), issuer=root)
    data = archive({
        **forge.files(), "manifest.json": MANIFEST, "signature": forge.signed_again(made, without=("signing_time",)),
    })  # fmt: skip

    found = apple.verify(data, roots=chain.der(root), at=AT + 2 * DAY)

    missing = "does not say when it was made; phones refuse it; ask its maker to sign it with a maintained tool"
    assert said(found) == [
        f"error signature.time {missing}",
        f'error chain.expired "{LEAF}" expired on 2026-11-22, and nobody says that the pass was signed before; '
        + RENEWED,
    ]


@pytest.mark.parametrize(
    "options",
    [{"ca": None}, {"ca": False}, {"usage": False}, {"length": 0, "ca": True}],
    ids=["no constraints", "no authority", "may not sign certificates", "no authority below"],
)
def test_an_authority_that_may_not_issue_is_refused(options: dict[str, Any]) -> None:
    root = authority("root", **options)
    middle = authority("middle", above=root)

    found = judged(leaf_of(middle), middle, roots=[root])

    assert (found.verdict, found.chain) == ("untrusted", "fails")
    assert said(found) == [f'error chain.authority "root" may not issue certificates; {COPY}']


def test_an_authority_issues_as_far_down_as_it_may() -> None:
    root = authority("root", length=1, usage=True)
    middle = authority("middle", above=root, length=0, usage=True)
    high = authority("high", length=0)

    assert judged(leaf_of(middle), middle, roots=[root]).verdict == "authentic"
    assert judged(leaf_of(high), high, roots=[high]).verdict == "authentic"


def test_a_condition_of_an_authority_that_nobody_here_knows_is_refused() -> None:
    plain = x509.CertificateBuilder().subject_name(named("root")).issuer_name(named("root"))
    builder = plain.public_key(chain.key("root").public_key()).serial_number(9)
    builder = builder.not_valid_before(AT - 9 * DAY).not_valid_after(AT + 9 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\5\0")

    for critical in (False, True):
        root = builder.add_extension(unknown, critical=critical).sign(chain.key("root"), hashes.SHA256())
        found = judged(leaf_of(root), root, roots=[root])
        message = '"root" makes a condition that is not known: 1.2.3'
        assert said(found) == [f"error chain.critical {message}; {APPLES}"] * critical


@pytest.mark.parametrize(("bits", "lines"), [(2048, 0), (2040, 1)])
def test_a_key_that_is_too_small_proves_nothing(bits: int, lines: int) -> None:
    root = authority("root", own=chain.key(f"of {bits}", bits))

    found = judged(leaf_of(root, by=chain.key(f"of {bits}", bits)), root, roots=[root])

    message = f'"root" has an RSA key of {bits} bits, less than 2048'
    assert said(found) == [f"error chain.weak {message}; {APPLES}"] * lines


def test_an_authority_may_have_another_kind_of_key() -> None:
    root = authority("root", own=EC)

    assert judged(leaf_of(root, by=EC), root, roots=[root]).verdict == "authentic"
    found = judged(leaf_of(root, by=chain.key("root")), root, roots=[root])
    assert [one.code for one in found.issues] == ["chain.forged"]


def test_the_wrong_intermediate_beside_a_signature_is_a_warning_where_the_right_one_is_known() -> None:
    root = authority("root")
    phones = "sign with the right intermediate: phones may refuse it"

    found = judged(leaf_of(root), authority("other"), roots=[root])
    assert (found.verdict, said(found)) == (
        "authentic",
        [f'warning chain.enclosed encloses "other"; the right one, "root", is known here; {phones}'],
    )
    below = leaf_of(root)
    alone = judged(below, below, roots=[root])
    assert (alone.verdict, said(alone)) == (
        "authentic",
        [f'warning chain.enclosed encloses no intermediate; the right one, "root", is known here; {phones}'],
    )
    renewed = authority("root", last=AT + DAY)
    assert said(judged(leaf_of(root), renewed, roots=[root])) == []


# SHA-1 and what is no hash at all: the layer below makes none of them any more, so they are made by hand.
SHA256, SHA1, NOBODYS = (bytes.fromhex(f"2a864886f70d0101{last}") for last in ("0b", "05", "7f"))
LAST_DAY, FIRST_DAY = datetime(2021, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)


def signed_with(one: x509.Certificate, scheme: bytes, by: str, *, outer: bytes | None = None) -> x509.Certificate:
    """Return a certificate that says it is signed in another way, and is where that is SHA-1."""
    whole = parsed(chain.der(one))
    body = within(whole, 0)
    number = next(place for place, part in enumerate(body.inside or []) if part.tag == 0x30)
    within(body, number, 0).value = scheme
    within(whole, 1, 0).value = outer or scheme
    made = chain.key(by).sign(body.encoded(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    whole.inside = [body, within(whole, 1), Node(3, b"\0" + made)]
    return x509.load_der_x509_certificate(whole.encoded())


def old_chain(at: datetime) -> apple.Verification:
    root = signed_with(authority("root"), SHA1, "root")
    below = signed_with(leaf_of(root, first=AT - 9_000 * DAY), SHA1, "root")
    return judged(below, root, roots=[root], at=at)


def test_sha1_was_good_until_2022() -> None:
    found = old_chain(LAST_DAY)

    assert (found.verdict, said(found)) == ("authentic", [])


def test_sha1_proves_nothing_from_2022_on() -> None:
    found = old_chain(FIRST_DAY)

    assert (found.verdict, found.chain) == ("untrusted", "fails")
    assert said(found) == [
        f'error chain.sha1 "{LEAF}" is signed with SHA-1, long broken on 2022-01-01; {RENEWED}'
    ]  # Of a root nothing depends on it.


def test_an_authority_under_the_root_needs_more_than_sha1_too() -> None:
    root = authority("root")
    middle = signed_with(authority("middle", above=root), SHA1, "root")

    found = judged(leaf_of(middle), middle, roots=[root])

    assert said(found) == [f'error chain.sha1 "middle" is signed with SHA-1, long broken on 2026-11-21; {RENEWED}']


@pytest.mark.parametrize("by", ["root", "stranger"])
def test_a_signature_with_sha1_is_checked_all_the_same(by: str) -> None:
    root = authority("root")
    below = signed_with(leaf_of(root, first=AT - 9_000 * DAY), SHA1, by)

    assert judged(below, root, roots=[root], at=LAST_DAY).chain == ("ok" if by == "root" else "fails")


def test_a_certificate_that_names_two_ways_of_signing_is_forged() -> None:
    root = authority("root")
    below = signed_with(leaf_of(root, first=AT - 9_000 * DAY), SHA256, "root", outer=SHA1)

    found = judged(below, root, roots=[root], at=LAST_DAY)

    assert (found.verdict, found.chain) == ("untrusted", "fails")


def test_sha1_with_another_kind_of_key_is_forged() -> None:
    root = authority("root", own=EC)
    below = signed_with(leaf_of(root, by=EC, first=AT - 9_000 * DAY), SHA1, "root")

    assert [one.code for one in judged(below, root, roots=[root], at=LAST_DAY).issues] == ["chain.forged"]


def test_a_way_of_signing_that_nobody_knows_is_forged() -> None:
    root = authority("root")
    below = signed_with(leaf_of(root), NOBODYS, "root")

    found = judged(below, root, roots=[root])

    assert [one.code for one in found.issues] == ["chain.forged"]
