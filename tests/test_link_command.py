"""``python -m walletcard link`` and ``check --google``: reports, lines of JSON, exit statuses."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest
from tests import cards

import walletcard as wc
from walletcard import google
from walletcard.__main__ import main
from walletcard.errors import InvalidDocumentError
from walletcard.testing import ThrowawayServiceAccount, throwaway_identity, throwaway_service_account

ISSUER = "3388000000012345678"
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def account() -> ThrowawayServiceAccount:
    return throwaway_service_account()


def link_of(account: google.ServiceAccount, **changes: Any) -> google.SaveLink:
    program = cards.cafe()
    face = wc.face(program, cards.priya(program), at=AT)
    if changes.get("form") == "whole":
        back = face.in_slot("back")[:1]
        face = replace(face, shared=(), fields=back, balances=(), strip=None)
    return google.save_link(face, account=account, issuer_id=ISSUER, at=AT, **changes)


def saved(folder: Path, text: str | bytes) -> str:
    path = folder / "given.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def token(claims: Any, **header: Any) -> str:
    parts = ({"alg": "RS256", "typ": "JWT", **header}, claims)
    written = (base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)
    return ".".join((*written, "c2ln"))


# What a link holds.


@pytest.mark.parametrize("form", ["whole", "compact", "object", "id"])
def test_a_link_of_ours_says_what_its_value_says(account: ThrowawayServiceAccount, form: str) -> None:
    made = link_of(account, form=form, origins=("https://example.com",))

    found = google.read_link(made.url)

    assert (found.form, found.length) == (form, made.length)
    assert (found.account, found.issued_at) == (account.client_email, AT)
    assert found.origins == ("https://example.com",)
    assert [one.type for one in found.holds] == (
        ["LoyaltyClass", "LoyaltyObject"] if form in ("whole", "compact") else ["LoyaltyObject"]
    )
    assert found.holds[-1].id == f"{ISSUER}.copper-kettle.CK-7F3A29"
    assert [one for one in found.issues if one.severity == "error"] == []
    assert made.url.rsplit(".", 1)[1] not in repr(found)


@pytest.mark.parametrize(
    ("form", "lacks"),
    [("whole", ("template", "hero")), ("compact", ("text modules", "template", "hero")), ("object", ()), ("id", ())],
)
def test_a_link_says_what_its_card_lacks_unless_google_has_the_rest(
    account: ThrowawayServiceAccount, form: str, lacks: tuple[str, ...]
) -> None:
    assert google.read_link(link_of(account, form=form).url).lacks == lacks


@pytest.mark.parametrize("command", ["check", "preview"])
@pytest.mark.parametrize("cut", ["", "https://pay.google.com/gp/v/save/"])
def test_a_save_link_where_a_pass_belongs_is_named(
    command: str, cut: str, account: ThrowawayServiceAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = saved(tmp_path, f" {link_of(account).url.removeprefix(cut)}\n")

    assert main([command, given]) == 1

    told = "".join(capsys.readouterr())
    assert "is a save link, which is Google's; walletcard link FILE says what it holds" in told


@pytest.mark.parametrize("command", ["check", "preview"])
@pytest.mark.parametrize("content", [throwaway_identity().p12(), throwaway_identity().intermediate_pem])
def test_a_key_or_a_certificate_where_a_pass_belongs_is_named(
    command: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pass.p12"
    file.write_bytes(content)

    assert main([command, str(file)]) == 1

    told = "".join(capsys.readouterr())
    assert "is a certificate or a key; walletcard identity FILE says what it is for" in told


def test_a_token_alone_is_a_link_too_and_so_is_one_with_line_ends(account: ThrowawayServiceAccount) -> None:
    made = link_of(account)
    bare = made.url.rsplit("/", 1)[1]

    assert google.read_link(bare) == google.read_link(f" {made.url}?hl=en \r\n") == google.read_link(bare.encode())


def test_what_a_jwt_library_reads_is_what_is_said(account: ThrowawayServiceAccount) -> None:
    made = link_of(account)

    claims = jwt.decode(made.url.rsplit("/", 1)[1], options={"verify_signature": False})

    assert google.read_link(made.url).claims == claims


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no token of three parts"),
        ("https://pay.google.com/gp/v/save/", "no token of three parts"),
        ("https://example.com/a/b", "no token of three parts"),
        ("a.b", "no token of three parts"),
        ("a.b.c", "header"),
        ("e30.A.c", "claims"),
        ("e30.bnVsbA.c", "its claims: null, not an object"),
        ("e30.eyJhIjoxLCJhIjoyfQ.c", "twice"),
        (7, "got 7, need text"),
        ("x" * 100_001, "100_001 characters"),
        (b"\xff.\xff.\xff", "no token of three parts"),
    ],
)
def test_what_is_no_link_is_named(text: Any, said: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        google.read_link(text)

    assert caught.value.code == "link.unreadable"
    assert said in str(caught.value)


def test_a_link_that_google_refuses_says_why() -> None:
    claims = {"aud": "google", "typ": "savetowallet", "iss": "me@example.com", "iat": "now", "payload": {}}

    found = google.read_link(token(claims, alg="none"))

    assert {one.code for one in found.issues} >= {"link.algorithm", "field.value", "field.type", "field.missing"}
    assert (found.issued_at, found.holds, found.origins) == (None, (), ())


def test_a_link_without_signature_or_over_the_length_says_so(account: ThrowawayServiceAccount) -> None:
    url = link_of(account).url
    unsigned = google.read_link(url.rsplit(".", 1)[0] + ".")
    claims = dict(google.read_link(url).claims) | {"more": "x" * 1_800}

    long = google.read_link(token(claims))

    assert [one.code for one in unsigned.issues] == ["link.unsigned"]
    assert [one.severity for one in long.issues if one.code == "link.too-long"] == ["warning"]


# The commands.


def test_the_link_command_explains_and_never_shows_the_signature(
    account: ThrowawayServiceAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = link_of(account, origins=("https://example.com",))

    assert main(["link", saved(tmp_path, made.url + "\n")]) == 0

    said = capsys.readouterr().out
    assert said.splitlines() == [
        f"{made.form} save link, {made.length} characters of 1800",
        f"  says it was signed by {account.client_email} on 2026-11-21 10:00 UTC",
        '  may be shown on "https://example.com"',
        f'  holds LoyaltyClass "{ISSUER}.copper-kettle"',
        f'  holds LoyaltyObject "{ISSUER}.copper-kettle.CK-7F3A29"',
        "  holds no texts, no layout of the rows, no picture",
        '  a card that has more: put it to Google with google.Client, then make the link with form="id"',
    ]
    assert made.url.rsplit(".", 1)[1][:20] not in said


def test_the_link_command_writes_json(
    account: ThrowawayServiceAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = link_of(account, form="id")

    assert main(["link", "--json", saved(tmp_path, made.url)]) == 0

    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["form", "length", "account", "issued_at", "origins", "holds", "lacks", "issues"]
    assert (said["form"], said["length"], said["issued_at"]) == ("id", made.length, "2026-11-21T10:00:00+00:00")
    assert said["holds"] == [{"type": "LoyaltyObject", "id": f"{ISSUER}.copper-kettle.CK-7F3A29"}]


def test_the_link_command_ends_with_1_for_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", saved(tmp_path, token({"payload": {}}))]) == 1
    assert "error:" in capsys.readouterr().out
    assert main(["link", saved(tmp_path, "hello")]) == 1
    assert "no token of three parts" in capsys.readouterr().err
    assert main(["link", str(tmp_path / "none.txt")]) == 1
    assert "no such file" in capsys.readouterr().err


def document(tmp_path: Path, **changes: Any) -> str:
    program = cards.cafe()
    made = google.resources(wc.face(program, cards.priya(program), at=AT), issuer_id=ISSUER)
    return saved(tmp_path, json.dumps({**made.object, **changes}, ensure_ascii=False))


def test_a_document_of_googles_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--google", "LoyaltyObject", document(tmp_path)]) == 0
    assert capsys.readouterr().out.strip().endswith("given.txt: fine (LoyaltyObject)")

    assert main(["check", "--google", "LoyaltyObject", "--json", document(tmp_path, stat="ACTIVE")]) == 1
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["file", "kind", "issues"]
    assert [list(one) for one in said["issues"]] == [["code", "where", "message", "hint", "severity"]]
    assert (said["issues"][0]["where"], said["issues"][0]["hint"]) == ("LoyaltyObject.stat", 'did you mean "state"?')


def test_part_of_a_document_may_leave_out_the_rest(tmp_path: Path) -> None:
    body = saved(tmp_path, '{"state": "INACTIVE"}')

    assert main(["check", "--google", "LoyaltyObject", body]) == 1
    assert main(["check", "--google", "LoyaltyObject", "--partial", body]) == 0


def test_claims_a_token_and_a_link_are_judged_as_jwt(account: ThrowawayServiceAccount, tmp_path: Path) -> None:
    url = link_of(account).url
    claims = json.dumps(google.read_link(url).claims)

    for text in (url, url.rsplit("/", 1)[1], claims, "\n" + claims):
        assert main(["check", "--google", "JWT", saved(tmp_path, text)]) == 0
    assert main(["check", "--google", "JWT", saved(tmp_path, claims.replace("savetowallet", "save"))]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[1]", "a list, not an object"),
        (b'{"a": 1, "a": 2}', 'key "a" is there twice'),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"", "empty"),
    ],
)
def test_what_is_no_document_is_named(
    text: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--google", "OfferClass", saved(tmp_path, text)]) == 1
    assert said in capsys.readouterr().out


def test_a_missing_file_among_others_is_named_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--google", "LoyaltyObject", str(tmp_path / "none.json"), document(tmp_path)]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert ("wrong" in first, last.endswith("fine (LoyaltyObject)")) == (True, True)


@pytest.mark.parametrize("arguments", [["--google", "LoyalObject"], ["--partial"]])
def test_a_wrong_argument_ends_with_2(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments, document(tmp_path)])

    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert ("LoyaltyObject" in said) or ("--google" in said)


def test_a_link_content_cannot_be_changed(account: ThrowawayServiceAccount) -> None:
    found = google.read_link(link_of(account).url)

    assert replace(found, length=1).length == 1
    with pytest.raises(AttributeError):
        found.length = 2  # type: ignore[misc]
