"""What fuzzing found, each by its name: the inputs themselves are replayed from ``fuzz/crashes``."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from fuzz._judge import judge
from fuzz._target import Target
from fuzz.targets import documents, keys, values
from fuzz.targets._material import FOLDER

from walletcard import testing
from walletcard.apple import Identity, _lint, _loading
from walletcard.errors import InvalidCardError, KeyMaterialError
from walletcard.model import Event, Reward, Shared
from walletcard.words import phrase_book

ROOT = (FOLDER / "root.pem").read_bytes()


@pytest.mark.parametrize("locale", ["\f", "en\n", "x" * 300, "\u202e"])
def test_a_language_that_is_no_tag_is_refused_before_anything_remembers_it(locale: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        phrase_book(locale)

    assert caught.value.code == "locale.unknown"
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["a\nb", "x" * 300, ""])
def test_an_attribute_of_any_name_is_refused_in_one_line(name: str) -> None:
    text = Event.visit(id="v1", at=datetime(2026, 11, 22, tzinfo=UTC)).to_json()
    shown = name.replace("\n", "\\n")

    with pytest.raises(InvalidCardError) as caught:
        Event.from_json(text.replace('"id"', f'"{shown}": 1, "id"'))

    assert caught.value.code == "json.invalid"
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= 240


def test_a_certificate_with_a_long_name_is_read_without_a_warning() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "o")])
    first = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(serial_number=1, not_valid_before=first, not_valid_after=first + timedelta(9))
    made = builder.subject_name(name).issuer_name(name).public_key(key.public_key()).sign(key, SHA256())
    country = made.public_bytes(Encoding.DER).replace(b"\x06\x03\x55\x04\x0a", b"\x06\x03\x55\x04\x06")

    found = _loading.certificates(country, where="certificate")

    assert found[0].subject.rdns[0].get_attributes_for_oid(NameOID.COUNTRY_NAME)[0].value == "o"


def test_an_event_of_an_unknown_kind_is_told_nothing_of_its_parts() -> None:
    with pytest.raises(InvalidCardError) as caught:
        Event(kind="\0", id="e1", at=datetime(2026, 11, 22, tzinfo=UTC), quantity=5)

    assert [one.code for one in caught.value.issues] == ["event.kind"]


@pytest.mark.parametrize("columns", [0, 4, 6])
def test_a_row_that_no_wallet_can_show_is_refused(columns: int) -> None:
    row = tuple(("tier",) for _ in range(columns))

    with pytest.raises(InvalidCardError) as caught:
        Shared(locale="en", issuer="Kettle", title="Kettle", rows=(row,))

    assert (caught.value.code, caught.value.where) == ("shared.rows", "shared.rows[0]")


def test_a_long_language_does_not_make_a_long_message() -> None:
    with pytest.raises(InvalidCardError) as caught:
        Reward(id="coffee", title={"x" * 500: "Coffee"})

    assert caught.value.code == "locale.unknown"
    assert all(len(str(one)) <= 240 for one in caught.value.issues)


def test_a_p12_in_ber_is_read_without_a_warning() -> None:
    identity = testing.throwaway_identity()
    content = identity.p12("fuzz")
    inner = content[4:] if content[1] == 0x82 else content[2:]
    ber = b"\x30\x80" + inner + b"\0\0"

    found = Identity.from_p12(ber, password="fuzz", intermediate=identity.intermediate)

    assert found.pass_type == identity.pass_type


def test_a_pem_file_of_beginnings_alone_is_refused_in_a_moment() -> None:
    content = b"-----BEGIN CERTIFICATE-----\n" * 10_000

    assert judge(keys.PEM, b"\0" + content) is None


def test_a_block_that_ends_early_is_not_passed_over() -> None:
    with pytest.raises(KeyMaterialError) as caught:
        _loading.certificates(b"-----BEGIN CERTIFICATE-----\nAAAA\n" + ROOT, where="certificate")

    assert caught.value.code == "key.format"


MANY_TWICE = b'{"userInfo":[%b]}' % b",".join(b'{"k%d":0,"k%d":0}' % (number, number) for number in range(4_000))
LAST_TWICE = b'{%b,"z":0,"z":0}' % b",".join(b'"k%d":0' % number for number in range(20_000))


@pytest.mark.parametrize(
    ("target", "content"),
    [
        pytest.param(documents.PASS_JSON, MANY_TWICE, id="keys that are there twice"),
        pytest.param(values.VALUES, LAST_TWICE, id="a last key that is there twice"),
    ],
)
def test_a_large_document_is_judged_in_a_moment(target: Target, content: bytes) -> None:
    assert judge(target, b"\0" + content) is None


def test_the_nearest_key_is_looked_for_so_often_and_no_oftener(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: set[object] = set()

    def nearest(key: object, _: object) -> str:
        looked.add(key)
        return ""

    monkeypatch.setattr(_lint, "nearest", nearest)

    found = _lint.lint({f"k{number}": 0 for number in range(500)})

    assert 150 < len(looked) <= 200
    assert sum(one.code == "json.unknown" for one in found) == 500
