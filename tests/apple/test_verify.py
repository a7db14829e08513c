"""Judging passes: each property on its own, and a verdict with its reason."""

import dataclasses
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.apple import chain, forge

from walletcard import apple, testing
from walletcard.apple import Verification
from walletcard.apple._archive import archive, manifest
from walletcard.apple._verification import State, verdict_of
from walletcard.errors import InvalidCardError, Issue, KeyMaterialError, PassReadError, VerificationError

AT = chain.AT
ALL_OK = dict.fromkeys(
    ("archive", "manifest", "digest", "signature", "signing_time", "chain", "purpose", "ids", "current"), "ok"
)


def verified(data: bytes, **options: Any) -> Verification:
    defaults: dict[str, Any] = {"roots": chain.pem(forge.authority()), "at": AT}
    found = apple.verify(data, **{**defaults, **options})
    assert all(len(str(one)) <= 240 and str(one).isprintable() for one in found.issues)
    return found


def wrong(found: Verification) -> dict[str, str]:
    """Return the properties that are not as they should be."""
    return {name: state for name, state in found.properties.items() if state != "ok"}


def codes(found: Verification) -> set[str]:
    return {one.code for one in found.issues if one.severity == "error"}


def with_signature(made: bytes, content: dict[str, bytes] | None = None) -> bytes:
    inside = content or forge.files()
    return archive({**inside, "manifest.json": manifest(inside), "signature": made})


@pytest.mark.parametrize("strict", [False, True])
def test_an_own_pass_is_authentic(strict: bool) -> None:
    found = verified(forge.packed(leaf=forge.leaf()), strict=strict)

    assert (found.verdict, found.properties, found.issues) == ("authentic", ALL_OK, ())
    assert (found.signed_at, found.signer) == (AT, f"Pass Type ID: {chain.PASS_TYPE}")
    assert found.require() is found
    assert found.package is not None
    assert found.package.pass_json == forge.DOCUMENT


@pytest.mark.parametrize("strict", [False, True])
def test_the_throw_away_chain_is_authentic_with_its_root(strict: bool) -> None:
    identity = testing.throwaway_identity(AT)
    icon = {"icon.png": forge.files()["icon.png"]}
    plain = {key: value for key, value in forge.DOCUMENT.items() if "Identifier" not in key}
    made = apple.sign(plain, icon, identity=identity, at=AT)

    found = apple.verify(made, roots=identity.root_pem, at=AT, strict=strict)

    assert (found.verdict, found.properties) == ("authentic", ALL_OK)
    stranger = apple.verify(made, at=AT)
    assert (stranger.verdict, wrong(stranger), codes(stranger)) == ("untrusted", {"chain": "fails"}, {"chain.foreign"})


def test_certificates_come_as_der_as_pem_and_as_several() -> None:
    made = forge.packed(leaf=forge.leaf())
    root, other = chain.der(forge.authority()), chain.der(chain.authority(signed_with="other"))

    for roots in (root, [root], [other, chain.pem(forge.authority()).decode()], (other, root)):
        assert verified(made, roots=roots).verdict == "authentic"


def changed(**files: bytes | None) -> bytes:
    """Return a pass whose files were changed after signing."""
    inside = apple.read(forge.packed(leaf=forge.leaf())).files
    merged = {**inside, **{name.replace("_", "."): body for name, body in files.items()}}
    return archive({name: body for name, body in merged.items() if body is not None})


def listed(**changes: Any) -> bytes:
    """Return a pass whose manifest was signed as it is, whatever it says."""
    inside = forge.files()
    table = {**json.loads(manifest(inside)), **{name.replace("_", "."): digest for name, digest in changes.items()}}
    text = json.dumps({name: digest for name, digest in table.items() if digest != "out"}).encode()
    made = forge.signature(text, leaf=forge.leaf())
    return archive({**inside, "manifest.json": text, "signature": made})


PNG_SHA1 = hashlib.sha1(forge.files()["icon.png"], usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("data", "expected", "code"),
    [
        (changed(pass_json=forge.files(serialNumber="CK-2")["pass.json"]), {"manifest": "fails"}, "manifest.changed"),
        (changed(icon_png=None), {"manifest": "fails"}, "manifest.absent"),
        (changed(logo_png=b"more"), {"manifest": "fails"}, "manifest.unlisted"),
        (changed(manifest_json=None), {"manifest": "absent", "digest": "fails"}, "manifest.missing"),
        (changed(manifest_json=b"[]"), {"manifest": "fails", "digest": "fails"}, "manifest.object"),
        (changed(manifest_json=b"{"), {"manifest": "fails", "digest": "fails"}, "json.syntax"),
        (changed(manifest_json=manifest(forge.files()) + b" "), {"digest": "fails"}, "signature.digest"),
        (listed(icon_png=PNG_SHA1.upper()), {"manifest": "fails"}, "manifest.hash"),
        (listed(icon_png="0" * 64), {"manifest": "fails"}, "manifest.hash"),
        (listed(icon_png=None), {"manifest": "fails"}, "manifest.hash"),
        (listed(icon_png="out"), {"manifest": "fails"}, "manifest.unlisted"),
        (b"#!/bin/sh\n" + changed(), {"archive": "fails"}, "zip.leading"),
        (changed() + b"more", {"archive": "fails"}, "zip.trailing"),
    ],
)
def test_a_change_after_signing_is_found(data: bytes, expected: dict[str, str], code: str) -> None:
    found = verified(data)

    assert (found.verdict, wrong(found)) == ("altered", expected)
    assert code in codes(found)
    with pytest.raises(VerificationError) as caught:
        found.require()
    assert set(caught.value.issues) == {one for one in found.issues if one.severity == "error"}


def test_a_manifest_that_says_two_things_of_one_file_is_refused() -> None:
    inside = forge.files()
    text = manifest(inside).replace(b'{"icon.png"', b'{"icon.png":"' + b"0" * 40 + b'","icon.png"')
    made = forge.signature(text, leaf=forge.leaf())

    found = verified(archive({**inside, "manifest.json": text, "signature": made}))

    assert (found.verdict, wrong(found), codes(found)) == ("altered", {"manifest": "fails"}, {"json.duplicate"})


@pytest.mark.parametrize("signature", [None, b""])
def test_an_unsigned_pass_says_so(signature: bytes | None) -> None:
    found = verified(changed(signature=signature))

    absent = ("digest", "signature", "signing_time", "chain")
    unknown = dict.fromkeys(("purpose", "ids", "current"), "unknown")
    assert wrong(found) == {**dict.fromkeys(absent, "absent"), **unknown}
    assert found.verdict == "unsigned"
    assert codes(found) == {"signature.missing"}


MANIFEST = manifest(forge.files())
GOOD = forge.signature(MANIFEST, leaf=forge.leaf())


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        (b"signed", "signature.format"),
        (b"-----BEGIN PKCS7-----", "signature.format"),
        (b"\x30\x80" * 20_000, "signature.format"),
        (b"\x30\x80" * 60_000, "signature.size"),
        (GOOD + b"more", "signature.trailing"),
        (GOOD[:-1], "signature.format"),
        (GOOD[:-1] + bytes([GOOD[-1] ^ 1]), "signature.forged"),
        (forge.signature(b"{}", leaf=forge.leaf()), "signature.digest"),
        (forge.signature(MANIFEST, leaf=forge.leaf(), key=chain.key("other")), "signature.forged"),
        (forge.signed_again(GOOD, without=("message_digest",)), "signature.attribute"),
        (forge.signed_again(GOOD, without=("content_type",)), "signature.attribute"),
    ],
)
def test_a_signature_that_does_not_fit_is_told_from_a_good_one(signature: bytes, code: str) -> None:
    found = verified(with_signature(signature))

    assert found.verdict == "altered"
    assert code in codes(found)


def test_a_damaged_certificate_beside_the_right_one_is_refused() -> None:
    issuer = chain.der(forge.authority())
    damaged = GOOD.replace(issuer, issuer.replace(b"\x02\x01\x02", b"\x02\x01\x82", 1))  # The version.

    found = verified(with_signature(damaged))

    assert damaged != GOOD
    assert (found.verdict, found.signature) == ("altered", "fails")


def test_a_signature_without_a_time_cannot_be_judged() -> None:
    found = verified(with_signature(forge.signed_again(GOOD, without=("signing_time",))))

    assert (found.verdict, wrong(found)) == ("untrusted", {"signing_time": "absent"})
    assert codes(found) == {"signature.time"}


def test_a_signature_without_attributes_has_neither_digest_nor_time() -> None:
    found = verified(with_signature(forge.without_attributes(GOOD, MANIFEST)))

    assert (found.verdict, wrong(found)) == ("untrusted", {"digest": "absent", "signing_time": "absent"})


def test_indefinite_lengths_are_read_and_refused_when_strict() -> None:
    body = GOOD[4:]
    ber = b"\x30\x80" + body + b"\0\0"

    assert verified(with_signature(ber)).verdict == "authentic"
    strict = verified(with_signature(ber), strict=True)
    assert (strict.verdict, wrong(strict), codes(strict)) == ("altered", {"signature": "fails"}, {"strict.signature"})


def test_another_archive_or_manifest_of_the_same_files_is_refused_when_strict() -> None:
    inside = dict(apple.read(forge.packed(leaf=forge.leaf())).files)
    members = [forge.Member(name, body, method=8) for name, body in inside.items()]
    spaced = json.dumps(json.loads(MANIFEST)).encode()
    signed = forge.signature(spaced, leaf=forge.leaf())

    for data, code in (
        (forge.zipped(*members), "strict.archive"),
        (archive({**inside, "manifest.json": spaced, "signature": signed}), "strict.manifest"),
    ):
        assert verified(data).verdict == "authentic"
        found = verified(data, strict=True)
        assert (found.verdict, codes(found)) == ("altered", {code})


YESTERDAY = AT - timedelta(days=1)


@pytest.mark.parametrize(
    ("leaf", "at", "expected", "code"),
    [
        ({"last": YESTERDAY}, AT, {"chain": "fails", "current": "fails"}, "chain.expired"),
        ({"first": AT}, YESTERDAY, {"chain": "fails"}, "chain.not-yet-valid"),
        ({"purposes": (ExtendedKeyUsageOID.CODE_SIGNING,)}, AT, {"purpose": "fails"}, "chain.purpose"),
        ({"purposes": ()}, AT, {"purpose": "fails"}, "chain.purpose"),
        ({"uid": "pass.test.other"}, AT, {"ids": "fails"}, "id.mismatch"),
        ({"unit": "OTHER12345"}, AT, {"ids": "fails"}, "id.mismatch"),
        ({}, AT + timedelta(days=2), {"signing_time": "fails"}, "signature.future"),
    ],
)
def test_each_property_fails_alone(leaf: dict[str, Any], at: datetime, expected: dict[str, str], code: str) -> None:
    found = verified(forge.packed(leaf=forge.leaf(**leaf), at=at))

    assert (found.verdict, wrong(found), codes(found)) == ("untrusted", expected, {code})


def test_identifiers_that_are_missing_are_absent() -> None:
    document = {key: value for key, value in forge.DOCUMENT.items() if "Identifier" not in key}
    found = verified(forge.packed({"pass.json": json.dumps(document).encode()}, leaf=forge.leaf()))

    assert (found.verdict, wrong(found), codes(found)) == ("untrusted", {"ids": "absent"}, {"id.missing"})


def test_expired_today_is_only_a_note() -> None:
    found = verified(forge.packed(leaf=forge.leaf()), at=AT + timedelta(days=5_000))

    assert (found.verdict, wrong(found)) == ("authentic", {"current": "fails"})
    assert [one.severity for one in found.issues] == ["note"]


def wrong_issuer() -> x509.Certificate:
    return chain.authority(unit="G1", signed_with="other", organization="A test, not Apple")


def test_the_wrong_intermediate_is_reported_and_not_fatal_when_the_right_one_is_known() -> None:
    made = forge.packed(leaf=forge.leaf(), issuer=wrong_issuer())

    found = verified(made)

    assert (found.verdict, [(one.code, one.severity) for one in found.issues]) == (
        "authentic",
        [("chain.enclosed", "warning")],
    )


def test_a_missing_intermediate_leaves_the_chain_unknown_and_names_the_file() -> None:
    apples = chain.authority()
    made = forge.packed(leaf=chain.leaf(issuer=apples), issuer=wrong_issuer())

    found = apple.verify(made, at=AT)

    assert (found.verdict, wrong(found), codes(found)) == ("untrusted", {"chain": "unknown"}, {"chain.missing"})
    assert "AppleWWDRCAG4.cer" in found.issues[0].hint


def test_a_foreign_issuer_fails_and_is_named() -> None:
    found = apple.verify(forge.packed(leaf=forge.leaf()), at=AT)

    assert (found.verdict, wrong(found), codes(found)) == ("untrusted", {"chain": "fails"}, {"chain.foreign"})
    assert "roots=" in found.issues[0].hint


def test_an_issuer_that_did_not_sign_the_certificate_is_forged() -> None:
    made = chain.leaf(issuer=forge.authority(), issuer_key=chain.key("other"), key_id=False)

    found = verified(forge.packed(leaf=made))

    assert (found.verdict, wrong(found), codes(found)) == ("untrusted", {"chain": "fails"}, {"chain.forged"})


def test_a_certificate_that_is_no_authority_issues_nothing() -> None:
    middle = forge.leaf(subject_key=chain.key("made"))
    below = chain.leaf(issuer=middle, issuer_key=chain.key("made"), key_id=False)

    found = verified(forge.packed(leaf=below, issuer=middle))

    assert (found.verdict, wrong(found)) == ("untrusted", {"chain": "fails"})
    assert codes(found) == {"chain.authority"}


@pytest.mark.parametrize(
    ("name", "verdict", "expected"),
    [
        ("87bdecf72125", "authentic", {"current": "fails"}),
        ("9510e274c1f7", "authentic", {"current": "fails"}),
        ("a410690888d9", "authentic", {"current": "fails"}),
        ("768c91f371a5", "altered", {"manifest": "fails", "current": "fails"}),
        ("24890b65bb63", "authentic", {"current": "fails"}),
        ("12395c8c7ef5", "authentic", {"current": "fails"}),
        ("38db7c19e887", "authentic", {"current": "fails"}),
        ("395731a03260", "authentic", {"current": "fails"}),
        ("4378973eed7b", "authentic", {}),
        ("863465802357", "untrusted", {"chain": "fails", "purpose": "fails", "ids": "fails", "current": "fails"}),
        (
            "e6c2462942fe",
            "untrusted",
            {"digest": "absent", "signing_time": "absent", "chain": "fails", "current": "fails"},
        ),
        (
            "f44ffb35a9e6",
            "unsigned",
            {
                "digest": "absent", "signature": "absent", "signing_time": "absent", "chain": "absent",
                "purpose": "unknown", "ids": "absent", "current": "unknown",
            },
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("with_root", [False, True])
def test_real_passes_are_what_is_known_of_them(
    name: str, verdict: str, expected: dict[str, str], with_root: bool
) -> None:
    data = forge.shared("passes", f"{name}.pkpass")
    known = [forge.shared("certs", f"WWDR-{one}.pem") for one in ("2008", "G1-2013", "G4")]
    roots = forge.shared("certs", "AppleRootCA.pem") if with_root else None

    found = apple.verify(data, roots=roots, intermediates=known, at=datetime(2026, 11, 21, tzinfo=UTC))

    assert (found.verdict, wrong(found)) == (verdict, expected)
    wrongly_enclosed = {"38db7c19e887", "395731a03260", "e6c2462942fe"}
    assert ("chain.enclosed" in {one.code for one in found.issues}) is (name in wrongly_enclosed)
    if name in ("38db7c19e887", "395731a03260"):
        without = apple.verify(data, at=AT)
        assert (without.chain, without.verdict) == ("unknown", "untrusted")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"roots": b"no"}, KeyMaterialError),
        ({"roots": "root.pem"}, KeyMaterialError),
        ({"roots": 5}, KeyMaterialError),
        ({"intermediates": [None]}, KeyMaterialError),
        ({"at": datetime(2026, 1, 1)}, InvalidCardError),  # noqa: DTZ001
        ({"data": "card.pkpass"}, PassReadError),
    ],
)
def test_wrong_arguments_are_named(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        apple.verify(**{"data": forge.packed(), **options})


def test_a_verification_shows_itself_in_a_notebook() -> None:
    shown = verified(changed(logo_png=b"more"))._repr_html_()

    assert shown.startswith("<table>")
    assert "altered" in shown
    assert "<b>" not in shown


OTHERS: tuple[State, ...] = ("fails", "absent", "unknown")
VERDICTS: list[tuple[str, State, str]] = [
    *((name, "fails", "altered") for name in ("archive", "manifest", "digest", "signature")),
    *((name, state, "untrusted") for name in ("signing_time", "chain", "purpose", "ids") for state in OTHERS),
    *(("current", state, "authentic") for state in OTHERS),
    ("manifest", "absent", "altered"),
    ("signature", "absent", "unsigned"),
    ("signature", "unknown", "untrusted"),
]


@pytest.mark.parametrize(("name", "state", "verdict"), VERDICTS)
def test_one_property_that_is_not_right_decides_the_verdict(name: str, state: State, verdict: str) -> None:
    states: dict[str, State] = dict.fromkeys(ALL_OK, "ok")

    assert verdict_of(states) == "authentic"
    assert verdict_of({**states, name: state}) == verdict


def test_what_is_unsigned_is_so_whatever_else_is_wrong_and_altered_comes_before_untrusted() -> None:
    states: dict[str, State] = dict.fromkeys(ALL_OK, "fails")

    assert verdict_of({**states, "signature": "absent"}) == "unsigned"
    assert verdict_of(states) == "altered"


def test_a_verdict_without_a_reason_is_one_itself() -> None:
    with pytest.raises(VerificationError) as caught:
        Verification(verdict="untrusted").require()

    assert [(one.code, str(one)) for one in caught.value.issues] == [
        ("pass.untrusted", "pass: is untrusted; do not trust it; ask its maker for a new copy")
    ]
    found = Verification(issues=(Issue(code="a.b", where="x", message="odd", severity="note"),))
    with pytest.raises(VerificationError, match="pass: is unreadable"):
        found.require()


def test_a_verification_does_not_change_and_its_table_is_safe() -> None:
    issue = Issue(code="a.b", where="x & y", message="odd", hint="ask")
    found = Verification(verdict="untrusted", signer="<b>Shop</b>", issues=(issue,))

    with pytest.raises(dataclasses.FrozenInstanceError):
        found.verdict = "authentic"  # type: ignore[misc]  # What is refused here.
    assert not hasattr(found, "__dict__")
    shown = found._repr_html_()
    assert shown.startswith("<table><tr><th>verdict</th><td>untrusted</td></tr>")
    assert shown.endswith("<tr><th>error</th><td>x &amp; y: odd; ask</td></tr></table>")
    assert "<tr><th>signer</th><td>&lt;b&gt;Shop&lt;/b&gt;</td></tr>" in shown
    assert "<tr><th>signing time</th><td>unknown</td></tr>" in shown


MANIFEST_LINES = {
    "changed": (
        changed(icon_png=b"more"),
        'manifest.changed "icon.png": its content does not match the manifest; '
        "it was changed after signing: do not trust this copy; its maker undoes the change, or signs again",
    ),
    "absent": (
        changed(icon_png=None),
        'manifest.absent "icon.png": in the manifest but missing; it was removed after signing: ask for a new copy',
    ),
    "unlisted": (
        changed(logo_png=b"more"),
        'manifest.unlisted "logo.png": not in the manifest; '
        "it was added after signing: ask its maker to sign it with a maintained tool",
    ),
    "hash": (
        listed(icon_png=PNG_SHA1.upper()),
        'manifest.hash manifest.json["icon.png"]: not a SHA-1 in lower-case hex; '
        "ask its maker to sign it with a maintained tool",
    ),
    "missing": (
        changed(manifest_json=None),
        "manifest.missing manifest.json: missing; the pass is damaged: ask its maker for a new copy",
    ),
    "list": (
        changed(manifest_json=b"[]"),
        "manifest.object manifest.json: holds list, not an object; the pass is damaged: ask its maker for a new copy",
    ),
    "broken": (
        changed(manifest_json=b"{"),
        "json.syntax manifest.json line 1: not JSON; the file is damaged: ask its maker for a new copy",
    ),
    "leading": (b"#!" + changed(), "zip.leading file: 2 bytes before the archive; zip the files again"),
    "another digest": (
        changed(manifest_json=manifest(forge.files()) + b" "),
        "signature.digest signature: does not belong to this manifest; "
        "it was changed after signing: do not trust this copy; its maker undoes the change, or signs again",
    ),
}


@pytest.mark.parametrize("name", MANIFEST_LINES)
def test_what_was_changed_is_named(name: str) -> None:
    data, line = MANIFEST_LINES[name]

    found = verified(data)

    assert f"error {line}" in [f"{one.severity} {one.code} {one}" for one in found.issues]


def test_what_strict_refuses_is_named() -> None:
    inside = dict(apple.read(forge.packed(leaf=forge.leaf())).files)
    spaced = json.dumps(json.loads(MANIFEST)).encode()
    other = archive({**inside, "manifest.json": spaced, "signature": forge.signature(spaced, leaf=forge.leaf())})
    packed = forge.zipped(*(forge.Member(name, body, method=8) for name, body in inside.items()))
    copy = "do not trust this copy"

    for data, line in (
        (packed, f"strict.archive file: not the one archive of these files; {copy}"),
        (other, f"strict.manifest manifest.json: not the one spelling of this manifest; {copy}"),
        (
            with_signature(b"\x30\x80" + GOOD[4:] + b"\0\0"),
            f"strict.signature signature: not the one encoding of this signature; {copy}",
        ),
    ):
        assert [f"{one.code} {one}" for one in verified(data, strict=True).issues] == [line]


def test_careless_json_of_a_manifest_is_noted_and_refused_when_strict() -> None:
    text = MANIFEST.replace(b"}", b",}")
    data = with_signature(forge.signature(text, leaf=forge.leaf()))
    made = archive({**apple.read(data).files, "manifest.json": text})

    found = verified(made)
    assert (found.verdict, [(one.severity, one.code) for one in found.issues]) == (
        "authentic",
        [("note", "json.lenient")],
    )
    assert verified(made, strict=True).manifest == "fails"


def test_a_pass_that_cannot_be_read_says_whether_it_is_the_archive() -> None:
    for data, archive_is, code in (
        (b"<html>", "fails", "zip.format"),
        (archive({"pass.json": b"[]"}), "unknown", "json.object"),
    ):
        found = apple.verify(data, at=AT)
        assert (found.verdict, found.archive, [one.code for one in found.issues]) == ("unreadable", archive_is, [code])
        assert (found.package, found.issues[0].severity) == (None, "error")
        assert found.issues[0].where
        assert found.issues[0].hint


def test_intermediates_may_be_given_in_every_form() -> None:
    apples = chain.authority(organization="A test, not Apple")
    made = forge.packed(leaf=chain.leaf(issuer=apples), issuer=wrong_issuer())
    root = chain.der(apples)

    for given in (chain.der(apples), [chain.pem(apples)], (chain.pem(apples).decode(),)):
        assert apple.verify(made, roots=root, intermediates=given, at=AT).verdict == "authentic"
    assert apple.verify(made, roots=[], at=AT).verdict == "untrusted"


def test_strict_adds_nothing_to_an_archive_that_is_wrong_already() -> None:
    assert codes(verified(b"#!" + forge.packed(leaf=forge.leaf()), strict=True)) == {"zip.leading"}


def test_strict_judges_a_signature_whose_chain_is_not_known() -> None:
    other = chain.pem(chain.authority(signed_with="other", organization="Somebody"))

    found = verified(forge.packed(leaf=chain.leaf(), issuer=wrong_issuer()), roots=other, strict=True)

    assert (found.verdict, codes(found)) == ("altered", {"chain.missing", "strict.signature"})


def test_bytes_between_the_files_are_no_part_of_a_pass() -> None:
    made = forge.zipped(*(forge.Member(n, b) for n, b in apple.read(forge.packed(leaf=forge.leaf())).files.items()))
    assert verified(made).verdict == "authentic"
    place = made.index(b"PK\x01\x02")
    end = made.rindex(b"PK\x05\x06")
    moved = int.from_bytes(made[end + 16 : end + 20], "little") + 4

    found = verified(made[:place] + b"more" + made[place : end + 16] + moved.to_bytes(4, "little") + made[end + 20 :])

    assert (found.verdict, found.archive, codes(found)) == ("altered", "fails", {"zip.gap"})


def test_of_what_was_never_judged_nothing_is_known() -> None:
    found = Verification()

    assert (found.verdict, set(found.properties.values())) == ("unreadable", {"unknown"})
    assert (found.issues, found.signed_at, found.signer, found.package) == ((), None, "", None)


@pytest.mark.parametrize("name", ["roots", "intermediates"])
def test_a_certificate_that_is_none_is_named_by_its_argument(name: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        apple.verify(forge.packed(), **dict[str, Any]({name: [b"no"]}))

    assert (caught.value.code, caught.value.where) == ("key.format", name)
