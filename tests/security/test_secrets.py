"""Keys, passwords, tokens and signed links, put into every public entry: no error, log or value shows any of them."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.apple import chain, faces
from tests.contract.test_typos import ENTRIES, wanted
from tests.security.canaries import below, lines_of, told
from tests.security.material import (
    ABOVE,
    ACCOUNT,
    AT,
    BEARER,
    CODE,
    GOOGLE_PEM,
    ISSUER,
    KEY_FILE,
    LOCKED,
    P12,
    PASSWORD,
    PEM,
    PIN,
    RING,
    RING_KEY,
    ROTATING,
    TOKEN,
    UPDATE_KEY,
    BrokenError,
    FailingTransport,
    account,
    card,
    document,
    faces_files,
    gift,
    hits,
    identity,
    link,
    p12,
    pem,
    resources,
    ring,
    save,
    signature,
    signed,
    signer,
    updates,
)

import walletcard as wc
from walletcard import apple, google, preview, testing, tokens
from walletcard.apple import Identity, Updates
from walletcard.errors import KeyMaterialError, SecretStaysError, UnreachableError, WalletCardError

Failing = dict[str, Callable[[], object]]
KEYS: Failing = {
    "p12: cut": lambda: p12(P12[:-40]),
    "p12: of something else": lambda: p12(PEM),
    "p12: wrong password": lambda: p12(password=PASSWORD + "?"),
    "p12: half a character": lambda: p12(password=PASSWORD + "\ud800"),
    "p12: NUL": lambda: p12(password=PASSWORD + "\0"),
    "p12: not UTF-8": lambda: p12(password=PASSWORD.encode() + b"\xff"),
    "p12: password in a list": lambda: p12(password=[PASSWORD]),
    "p12: no intermediate": lambda: p12(intermediate=None),
    "p12: a path": lambda: p12(PASSWORD),
    "p12: misspelt": lambda: p12(pasword=PASSWORD),
    "p12: unnamed": lambda: Identity.from_p12(P12, PASSWORD, ABOVE),  # type: ignore[call-arg]
    "pem: cut": lambda: pem(key=PEM[:800] + b"\n-----END PRIVATE KEY-----\n"),
    "pem: one byte": lambda: pem(key=PEM[:700] + b"!" + PEM[701:]),
    "pem: swapped": lambda: pem(certificate=PEM, key=chain.pem(chain.leaf())),
    "pem: locked": lambda: pem(key=LOCKED),
    "pem: wrong password": lambda: pem(key=LOCKED, password=PASSWORD + "?"),
    "pem: text": lambda: pem(key=PEM.decode().replace("PRIVATE", "SECRET")),
    "pem: as intermediate": lambda: pem(intermediate=PEM),
    "pem: another's": lambda: pem(certificate=chain.pem(chain.leaf(subject_key=chain.key("other")))),
    "pem: in a dict": lambda: pem(key={"key": PEM}),
    "signer: a key": lambda: Identity.from_signer(PEM, certificate=chain.pem(chain.leaf()), intermediate=ABOVE),  # type: ignore[arg-type]
    "signer: fails": lambda: signer().signature(b"text", at=AT),
    "signer: fails in a pass": lambda: apple.build(faces.cafe(), identity=signer(), pictures=faces_files(), at=AT),
    "signer: answers with its key": lambda: signer(PEM).signature(b"text", at=AT),
    "signer: answers with text": lambda: signer(PASSWORD).signature(b"text", at=AT),
    "identity: content": lambda: identity().signature(PASSWORD, at=AT),  # type: ignore[arg-type]
    "identity: too late": lambda: identity().signature(PEM, at=AT + timedelta(days=4_000)),
    "identity: pickled": lambda: pickle.dumps(identity()),
    "throwaway: password": lambda: testing.throwaway_identity(AT).p12(PASSWORD + "\0"),
    "account: cut": lambda: google.ServiceAccount.from_json(ACCOUNT.to_json()[:-9]),
    "account: cut key": lambda: account(private_key=GOOGLE_PEM[:900]),
    "account: key elsewhere": lambda: account(client_email=GOOGLE_PEM),
    "account: key as type": lambda: account(type=GOOGLE_PEM),
    "account: key as address": lambda: account(token_uri=GOOGLE_PEM),
    "account: key in bytes": lambda: account(private_key=None, private_key_id=GOOGLE_PEM),
    "account: the key alone": lambda: google.ServiceAccount.from_json(GOOGLE_PEM),
    "account: not UTF-8": lambda: google.ServiceAccount.from_json(ACCOUNT.to_json().encode() + b"\xff"),
    "account: a list": lambda: google.ServiceAccount.from_json([GOOGLE_PEM]),  # type: ignore[arg-type]
    "account: token_uri": lambda: google.ServiceAccount.from_json(KEY_FILE, token_uri=5),  # type: ignore[arg-type]
    "account: pickled": lambda: pickle.dumps(ACCOUNT),
    "account: misspelt": lambda: google.ServiceAccount.from_json(dat=ACCOUNT.to_json()),  # type: ignore[call-arg]
    "ring: short": lambda: ring(keys={"1": RING_KEY[:31]}),
    "ring: hex": lambda: ring(keys={"1": RING_KEY.hex()}),
    "ring: hex bytes": lambda: ring(keys={"1": RING_KEY.hex().encode()}),
    "ring: swapped": lambda: ring(keys={RING_KEY.hex(): "1"}),
    "ring: signing": lambda: ring(signing=RING_KEY.hex()),
    "ring: a key alone": lambda: ring(keys=RING_KEY),
    "ring: misspelt": lambda: ring(kes={"1": RING_KEY}),
    "ring: pickled": lambda: pickle.dumps(RING),
}
TOKENS: Failing = {
    "updates: space": lambda: updates(token=TOKEN + " "),
    "updates: short": lambda: updates(token=TOKEN[:12]),
    "updates: bytes": lambda: updates(token=TOKEN.encode()),
    "updates: password in url": lambda: updates(url=f"https://a:{PASSWORD}@example.com"),
    "updates: not https": lambda: updates(url=f"http://a:{PASSWORD}@example.com"),
    "updates: serial": lambda: updates(serial=5),
    "updates: misspelt": lambda: updates(tokn=TOKEN),
    "updates: pickled": lambda: pickle.dumps(updates()),
    "derived: short": lambda: Updates.derived(url="https://a.b", secret=UPDATE_KEY[:31], serial="1"),
    "derived: text": lambda: Updates.derived(url="https://a.b", secret=UPDATE_KEY.hex(), serial="1"),  # type: ignore[arg-type]
    "derived: url": lambda: Updates.derived(url="ftp://a.b", secret=UPDATE_KEY, serial="1"),
    "build: no icon": lambda: apple.build(faces.cafe(), identity=identity(), pictures={}, updates=updates(), at=AT),
    "build: another's": lambda: apple.build(faces.cafe(), identity=identity(), updates=updates(serial="?"), at=AT),
    "build: a text for updates": lambda: apple.build(faces.cafe(), identity=identity(), updates=TOKEN, at=AT),  # type: ignore[arg-type]
    "build: extra": lambda: apple.build(faces.cafe(), identity=identity(), extra={"authenticationToken": TOKEN}, at=AT),
    "build: too late": lambda: apple.build(
        faces.cafe(), identity=identity(), pictures=faces_files(), updates=updates(), at=AT + timedelta(days=4_000)
    ),
    "chunks": lambda: apple.chunks(faces.cafe(), identity=identity(), pictures={}, updates=updates(), at=AT),
    "sign": lambda: apple.sign(document(barcodes=5), {}, identity=identity(), at=AT),
    "sign: token": lambda: apple.sign(document(authenticationToken=[TOKEN]), faces_files(), identity=identity(), at=AT),
    "sign: fails": lambda: apple.sign(document(), faces_files(), identity=signer(), at=AT),
    "recipe": lambda: wc.make_pkpass(faces.cafe(), identity=identity(), updates=updates(serial="?"), at=AT),
    "read": lambda: apple.read(json.dumps(document()).encode()),
    "read: damaged": lambda: apple.read(signed()[:-30]),
    "read bundle": lambda: apple.read_bundle(signed()[:-30]),
    "verify": lambda: apple.verify(signed(), roots=PEM, at=AT),
    "require": lambda: apple.verify(signed(), at=AT).require(),
    "bundle": lambda: apple.bundle([signed(), b"PK"]),
    "code: cut": lambda: tokens.verify(CODE[:-1], keys=RING),
    "code: altered": lambda: tokens.verify(CODE[:-3] + "AAA", keys=RING),
    "code: another key": lambda: tokens.verify(CODE, keys=tokens.KeyRing({"2": RING_KEY}, signing="2")),
    "code: another programme": lambda: tokens.verify(CODE, keys=RING, program="bar"),
    "code: another kind": lambda: tokens.verify(CODE, keys=RING, kind="stamp"),
    "code: moment": lambda: tokens.verify(CODE, keys=RING, at=5),  # type: ignore[arg-type]
    "code: no ring": lambda: tokens.verify(CODE, keys={"1": RING_KEY}),  # type: ignore[arg-type]
    "issue: no ring": lambda: tokens.issue("member", keys={"1": RING_KEY}, program="club"),  # type: ignore[arg-type]
    "issue: nothing": lambda: tokens.issue("voucher", keys=RING, program="club"),
}
LINKS: Failing = {
    "totp: in a link": lambda: google.save_link_of(resources(), account=ACCOUNT, at=AT),
    "totp: a wrong object": lambda: resources(state=5),
    "totp: patch": lambda: google.patch(card(), since=resources(), issuer_id="x", extra={"object": ROTATING}),
    "totp: move": lambda: google.move(card(), issuer_id="x", extra={"object": ROTATING}),
    "pin: in a link": lambda: google.save_link_of(gift(), account=ACCOUNT, at=AT),
    "link: form": lambda: save(form=5),
    "link: a key for an account": lambda: save(account=GOOGLE_PEM),
    "link: issuer": lambda: save(issuer_id=PASSWORD[:0]),
    "link: origins": lambda: save(origins=5),
    "link: pickled": lambda: pickle.dumps(link()),
    "insert: pickled": lambda: pickle.dumps(google.insert_of(resources(), account=ACCOUNT, at=AT)),
    "insert: none": lambda: google.insert_of([], account=ACCOUNT, at=AT),
    "read link: cut": lambda: google.read_link(link().url[:-400].replace("eyJ", "eyX", 1)),
    "read link: damaged": lambda: google.read_link(link().url.replace("/eyJ", "/!!!")),
    "read link: number": lambda: google.read_link(5),  # type: ignore[arg-type]
    "recipe": lambda: wc.make_save_link(card(), account=ACCOUNT, issuer_id="x", at=AT),
    "preview": lambda: preview.html(signed()[:-30]),
}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Let everything be logged, and see that neither a log nor a file holds a secret."""
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    yield
    logged = "\n".join([caplog.text, *(repr(vars(record)) for record in caplog.records)])
    assert hits(logged) == []
    assert list(tmp_path.iterdir()) == []


def outcome(call: Callable[[], object]) -> str:
    """Return what a call that must fail shows."""
    with pytest.raises(WalletCardError) as caught:
        call()
    return told(caught.value)


@pytest.mark.parametrize("name", KEYS)
def test_no_error_about_keys_shows_one(name: str) -> None:
    assert hits(outcome(KEYS[name])) == []


@pytest.mark.parametrize("name", TOKENS)
def test_no_error_about_passes_and_codes_shows_a_token(name: str) -> None:
    assert hits(outcome(TOKENS[name])) == []


@pytest.mark.parametrize("name", LINKS)
def test_no_error_about_links_shows_a_signature_or_a_secret_of_the_card(name: str) -> None:
    assert hits(outcome(LINKS[name])) == []


VERBS: dict[str, Callable[[google.Client], object]] = {
    "put": lambda client: client.put(resources()),
    "put_class": lambda client: client.put_class(resources()),
    "put_object": lambda client: client.put_object(resources()),
    "put_all": lambda client: [one.require() for one in client.put_all([resources(), gift()])],
    "patch_card": lambda client: client.patch_card(f"{ISSUER}.club.CK-1", body=ROTATING),
    "add_message": lambda client: client.add_message(resources(), id="n", header="News", body="Open"),
    "expire": lambda client: client.expire(resources()),
    "get": lambda client: client.get(resources()),
    "objects": lambda client: list(client.objects(resources())),
    "classes": lambda client: list(client.classes()),
    "insert_link": lambda client: client.insert_link(resources()),
}
FAULTS: dict[str, object] = {
    "unreachable": UnreachableError.at("host", "no answer", code="net.lost", hint="try again", safe_to_retry=False),
    "broken": BrokenError("of its own"),
    "no": google.Answer(status=403, body=b'{"error": {"message": "Permission denied.", "code": 403}}'),
    "log in": google.Answer(status=401, body=b"{}"),
    "html": google.Answer(status=200, body=b"<html>"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("verb", VERBS)
def test_no_error_of_the_client_shows_what_opens_google(verb: str, fault: str) -> None:
    transport = FailingTransport(FAULTS[fault])
    client = google.Client(
        ACCOUNT, issuer_id=ISSUER, transport=transport, clock=lambda: 1_795_255_200.0, sleep=lambda _: None, timeout=5
    )

    with pytest.raises((WalletCardError, BrokenError)) as caught:
        VERBS[verb](client)

    shown = told(caught.value) + repr(client)
    assert len(transport.signed) > 1
    assert hits(shown) == []
    assert [one for one in transport.signed if one.rsplit(".", 1)[-1][:16] in shown] == []


@pytest.mark.parametrize("start", ["https://example.com/", "http://pay.google.com/", ""])
def test_a_link_that_leads_elsewhere_is_not_shown(start: str) -> None:
    answer = google.Answer(status=200, body=json.dumps({"saveUri": start + link().url.rsplit("/", 1)[1]}).encode())
    client = google.Client(ACCOUNT, transport=FailingTransport(answer), clock=lambda: 1_795_255_200.0)

    assert hits(outcome(lambda: client.insert_link(resources()))) == []


HOLDERS: dict[str, Callable[[], Any]] = {
    "identity": identity,
    "throwaway": lambda: testing.throwaway_identity(AT),
    "signer": signer,
    "account": lambda: ACCOUNT,
    "ring": lambda: RING,
    "updates": updates,
    "derived": lambda: Updates.derived(url="https://a.b", secret=UPDATE_KEY, serial="1"),
    "link": link,
    "insert": lambda: google.insert_of(resources(), account=ACCOUNT, at=AT),
    "resources": resources,
    "link content": lambda: google.read_link(link().url),
    "package": lambda: apple.read(signed()),
    "verification": lambda: apple.verify(signed(), at=AT),
    "request": lambda: google.Request(method="GET", url="https://a.b", headers={"Authorization": BEARER}),
    "answer": lambda: google.Answer(status=200, body=BEARER.encode()),
    "stored": lambda: google.Stored(kind="loyalty", id="a", action="inserted", document=ROTATING),
    "lint": lambda: apple.lint(document(webServiceURL=f"http://a:{PASSWORD}@a.b"), identity=identity()),
    "check": lambda: apple.check(faces.cafe(), updates=updates(), identity=identity(), pictures={}, at=AT),
    "lint of Google": lambda: google.lint("LoyaltyObject", {**ROTATING, "id": "a", "pin": PIN}),
    "check of Google": lambda: google.check(card(), issuer_id=ISSUER, extra={"object": ROTATING | {"state": 5}}),
}


@pytest.mark.parametrize("name", HOLDERS)
def test_no_value_that_holds_a_secret_shows_it(name: str) -> None:
    holder = HOLDERS[name]()

    shown = [repr(holder), str(holder), f"{holder}", repr([holder]), getattr(holder, "describe", str)()]
    with suppress(SecretStaysError):  # A few are not even copied.
        shown += [repr(copy.copy(holder)), repr(copy.deepcopy(holder))]

    assert hits("\n".join(shown)) == []


@pytest.mark.parametrize("name", ["identity", "throwaway", "signer", "account", "ring", "updates", "link", "insert"])
def test_what_holds_a_key_is_not_pickled(name: str) -> None:
    holder = HOLDERS[name]()
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(KeyMaterialError) as caught:
            pickle.dumps([holder], protocol)
        assert caught.value.hint


FILES = ("apple.read", "apple.read_bundle", "apple.verify", "preview.html")
"""They tell how a file begins that is no pass: most often it is a web page."""


@pytest.mark.parametrize("entry", [one for one in ENTRIES if one not in FILES])
def test_bytes_in_any_argument_of_any_entry_are_shown_nowhere(entry: str) -> None:
    names = [name for name in wanted(ENTRIES[entry]) if name not in ("where", "name")]  # Those are for messages.
    every = dict.fromkeys(names, RING_KEY)
    for given in (every, dict.fromkeys(names[:1], RING_KEY), every | {"no_such_argument": RING_KEY}):
        shown = ""
        try:
            ENTRIES[entry](**given)
        except Exception as error:
            shown = told(error)
        assert hits(shown) == []


def test_an_error_keeps_its_lines_and_loses_their_values() -> None:
    with pytest.raises(KeyMaterialError) as caught:
        p12(password=PASSWORD + "?")

    trace = below(caught.value.__traceback__)
    files = []
    while trace is not None:
        files.append(Path(trace.tb_frame.f_code.co_filename).name)
        assert not set(trace.tb_frame.f_locals) & {"password", "secret", "data", "values", "given"}
        trace = trace.tb_next
    assert files == ["_entries.py", "_identity.py", "_loading.py", "_loading.py"]


def test_what_the_caller_was_handling_keeps_its_frames() -> None:
    def fails() -> None:
        mine = "my own"
        raise ValueError(mine)

    def goes_on() -> None:
        try:
            fails()
        except ValueError:
            p12(password=5)

    with pytest.raises(KeyMaterialError) as caught:
        goes_on()

    handled = caught.value.__context__
    assert isinstance(handled, ValueError)
    assert handled.__traceback__ is not None
    assert handled.__traceback__.tb_next is not None
    assert handled.__traceback__.tb_next.tb_frame.f_locals == {"mine": "my own"}


def test_the_cause_of_a_failed_signature_stays() -> None:
    with pytest.raises(WalletCardError) as caught:
        signer().signature(b"text", at=AT)

    assert isinstance(caught.value.__cause__, BrokenError)


def test_the_search_finds_a_secret_wherever_it_stands() -> None:
    def fails(text: object) -> None:
        raise KeyMaterialError("is wrong", where=str(text))

    for secret in (PASSWORD, RING_KEY, TOKEN.encode().hex(), lines_of(PEM)[3]):
        with pytest.raises(KeyMaterialError) as caught:
            fails(secret)
        assert hits(told(caught.value))
    assert hits(signature())
