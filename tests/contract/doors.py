"""Every public callable of every room with arguments that are right: what the tests of bad input begin with."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests import kinds
from tests.cards import COFFEE, cafe

import walletcard as wc
from walletcard import apple, google, loyalty, model, preview, render, testing, tokens, words
from walletcard.errors import Issue

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
DAY = date(2026, 11, 21)
ISSUER = "3388000000012345678"
ROOMS = {
    "apple": apple, "google": google, "loyalty": loyalty, "model": model, "preview": preview, "render": render,
    "testing": testing, "tokens": tokens, "walletcard": wc, "words": words,
}  # fmt: skip
NOT_CALLED = {"apple.Signer", "google.Transport", "model.Outcome", "walletcard.Outcome", "walletcard.WalletCardError"}
"""Protocols, which the user writes; the root of the errors and what came of an event, which the library makes."""

Door = tuple[Callable[..., Any], dict[str, Any]]


class Postbox:
    """A transport that answers every request alike."""

    def send(self, request: google.Request, *, timeout: float) -> google.Answer:
        del timeout
        login = request.url.endswith("/token")
        said = (
            {"access_token": "t", "expires_in": 3600}
            if login
            else {"id": f"{ISSUER}.club.CK-1", "saveUri": "https://pay.google.com/gp/v/save/e30.e30.e30"}
        )
        return google.Answer(status=200, body=json.dumps(said).encode())


class Remote:
    """A signer that lives elsewhere."""

    def sign(self, data: bytes, /) -> bytes:
        return identity()._key.sign(data, PKCS1v15(), SHA256())


def pem(key: RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public() -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of everything that a user can call, methods of public classes among it."""
    classes = {getattr(module, name) for module in ROOMS.values() for name in module.__all__ if name[0].isupper()}
    seen: set[int] = set()
    for room, module in ROOMS.items():
        for name in module.__all__:
            value = getattr(module, name)
            label = f"{room}.{name}"
            if not callable(value) or label in NOT_CALLED or id(value) in seen or hasattr(value, "__origin__"):
                continue
            seen.add(id(value))
            yield label, value
            if inspect.isclass(value) and not issubclass(value, Exception):
                for method in (one for one in dir(value) if not one.startswith("_")):
                    home = next(one for one in value.__mro__ if method in vars(one))
                    found = getattr(value, method)
                    if callable(found) and (home is value or home not in classes):
                        yield f"{label}.{method}", found


def arguments(call: Callable[..., Any]) -> list[str]:
    """Return the names of what a callable takes by name."""
    if dataclasses.is_dataclass(call):
        return [one.name for one in dataclasses.fields(call)]
    try:
        found = inspect.signature(call).parameters.values()
    except ValueError:
        return []
    return [one.name for one in found if one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD)]


def own(value: Any) -> Door:
    """Return the door of a dataclass that is rebuilt from one of its values."""
    return type(value), {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}


@cache
def doors() -> dict[str, Door]:
    """Return every public callable with arguments that are right, by name."""
    return {**_model(), **_loyalty(), **_apple(), **_google(), **_rest()}


@cache
def identity() -> testing.ThrowawayIdentity:
    return testing.throwaway_identity(AT)


@cache
def account() -> testing.ThrowawayServiceAccount:
    return testing.throwaway_service_account()


@cache
def program() -> wc.Program:
    return cafe()


@cache
def fresh() -> wc.Card:
    return wc.join(program(), id="CK-1", at=AT, member="Priya S.")


@cache
def card() -> wc.Card:
    return wc.apply(program(), fresh(), wc.Event.visit(id="till-1", at=AT))[0]


@cache
def face() -> wc.Face:
    return wc.face(program(), card(), at=AT)


@cache
def resources() -> google.Resources:
    return google.resources(face(), issuer_id=ISSUER)


def client() -> google.Client:
    waits: Any = lambda _seconds: None  # noqa: E731
    return google.Client(account(), transport=Postbox(), issuer_id=ISSUER, sleep=waits, clock=AT.timestamp)


def _model() -> dict[str, Door]:
    colour, design = wc.Color(1, 2, 3), wc.Design(background="#3B2418")
    strip = design.strip(direction="ltr")
    earn = model.Earn(metric="visit", points=10)
    points = model.Points(earn=(earn,), catalogue=(wc.Reward(id="oil", title="Oil", points=50),))
    rules = model.CycleRules(since=1, goal=9, reward=COFFEE)
    voucher = model.Voucher(id="a.1", reward=COFFEE, valid_from=AT, valid_to=DAY, cycle=1, position=9)
    lot = model.Lot(id="a.1", points=10, left=10, earned=AT, expires=DAY)
    entry = model.Entry(id="a", at=AT, kind="visit", digest="d", stamps=1, taken=(model.Taken(lot="a.1", points=1),))
    period, held = model.Period(first=DAY, last=DAY), model.HeldTier(tier="gold", until=DAY)
    membership = model.Membership(title="Annual pass", months=12, benefits=("Sauna",))
    tier = model.Tier(id="gold", name="Gold", min_sessions=0, benefits=("Tea",), background="#123456", monthly=COFFEE)
    field = model.Field.front("a", "A", "B")
    link, place = kinds.BOOK, kinds.BATH
    occasion = model.Occasion(starts=AT, ends=AT + timedelta(hours=1), doors=AT, venue="Lotus", address="Haifa")
    notice = model.Notice(id="a", key="ready", text="Ready.")
    report = loyalty.measure(program(), [(fresh(), [])], at=AT)
    shared = model.Shared(locale="en", issuer="A", title="B", fields=(field,), rows=((("a",),),), tier=("L", "Gold"))
    stamps = program().stamps
    assert stamps is not None
    events: dict[str, dict[str, Any]] = {
        "visit": {"stamps": 1, "amount": 5, "items": ("a",)}, "purchase": {"amount": 5, "items": ("a",)},
        "earn": {"metric": "km", "quantity": 5},
        "redeem": {"voucher": "a.1", "reward": None, "points": None, "amount": None},
        "grant": {"stamps": 1, "points": 0, "money": None, "reward": None, "tier": None, "until": None, "reason": "r"},
        "reverse": {"event": "a"}, "refer": {"friend": "CK-2", "event": "a"}, "renew": {"until": DAY},
        "extend": {"until": DAY, "lot": "a.1", "voucher": None}, "close": {"reason": "moved"},
    }  # fmt: skip
    about: dict[str, Any] = {
        "id": "CK-1", "issuer": "A", "title": "B", "description": "C", "locale": "en", "design": design,
        "fields": (field,), "expires": AT, "code": "CK-1", "notices": (notice,), "links": (link,), "places": (place,),
    }  # fmt: skip
    valid = {**about, "valid_from": AT, "value": "20 %", "member": "Ann"}
    valid["valid_from"] = AT - timedelta(days=1)
    gift = {
        **about,
        "balance": wc.Money(5, "GBP"),
        "value": wc.Money(5, "GBP"),
        "valid_from": valid["valid_from"],
        "alt": "A",
    }
    values = (
        model.BackText("A", "B"), model.Balance(label="Stamps", text="3", short="3", amount=3), card(),
        model.Barcode(message="CK-1", alt="CK-1"), colour, rules, design, earn, model.Ended(id="a", until=DAY), entry,
        model.Expiry(kind="idle", days=5), face(), field, model.Gift(title="Gift", currency="GBP"), held, voucher, lot,
        model.Lapse(days=365, notice_days=30), program().limits, link, membership, model.Milestone(at=3, reward=COFFEE),
        wc.Money(5, "GBP"), notice, occasion, design.palette, period, place, points, program(), stamps,
        model.Referral(referrer=5, newcomer=5), program().reminders, report, COFFEE, shared, strip, tier,
        model.Taken(lot="a.1", points=1), model.Unit(label="Stamps", left={"one": "{n} coffee", "other": "{n}"}),
        wc.Event.visit(id="a", at=AT),
    )  # fmt: skip
    found: dict[str, Door] = {f"model.{type(one).__name__}": own(one) for one in values}
    for name, rest in events.items():
        found[f"model.Event.{name}"] = getattr(wc.Event, name), {"id": "a", "at": AT, **rest}
    stored: dict[str, Any] = {
        "Card": card(),
        "Event": wc.Event.visit(id="a", at=AT),
        "Face": face(),
        "Program": program(),
    }
    for name, value in stored.items():
        found[f"model.{name}.from_json"] = type(value).from_json, {"text": value.to_json()}
        found[f"model.{name}.to_json"] = value.to_json, {}
    return found | {
        "model.Card.rules_of": (card().rules_of, {"cycle": 1}),
        "model.Card.points_on": (card().points_on, {"day": DAY}),
        "model.Color.parse": (model.Color.parse, {"value": "#123", "where": "color"}),
        "model.Color.contrast": (colour.contrast, {"other": colour}),
        "model.Color.mixed": (colour.mixed, {"other": colour, "share": 0.5}),
        "model.Color.readable_on": (colour.readable_on, {"background": colour, "ratio": 4.5}),
        "model.Design.strip": (design.strip, {"direction": "ltr"}),
        "model.Design.variant": (design.variant, {"name": "dark"}),
        "model.Design.with_background": (design.with_background, {"background": "#123"}),
        "model.Earn.gives": (earn.gives, {"quantity": 5}),
        "model.Event.measures": (wc.Event.visit(id="a", at=AT).measures, {}),
        "model.Face.in_slot": (face().in_slot, {"slot": "back"}),
        "model.Face.event": (
            model.Face.event,
            {**about, "member": "Ann", "program": "w", "occasion": occasion},
        ),
        "model.Face.gift": (model.Face.gift, {**gift, "program": "gift"}),
        "model.Face.generic": (model.Face.generic, {**valid, "program": "generic"}),
        "model.Face.offer": (model.Face.offer, {**valid, "alt": "A", "program": "w"}),
        "model.Field.back": (model.Field.back, {"key": "a", "label": "A", "value": "B", "change": None}),
        "model.Field.front": (
            model.Field.front, {"key": "a", "label": "A", "value": "B", "slot": "header", "change": "Now %@"}
        ),
        "model.HeldTier.holds": (held.holds, {"day": DAY}),
        "model.Lot.usable_on": (lot.usable_on, {"day": DAY}),
        "model.Palette.from_background": (model.Palette.from_background, {"background": colour}),
        "model.Palette.problems": (design.palette.problems, {"where": "design"}),
        "model.Palette.variants": (model.Palette.variants, {"brand": "#123"}),
        "model.Period.holds": (period.holds, {"day": DAY}),
        "model.Picture": (model.Picture, {"png": render.qr("a").png, "key": None, "where": "picture"}),
        "model.Points.affordable": (points.affordable, {"balance": 60}),
        "model.Program.check": (program().check, {"previous": program()}),
        "model.Program.rewards": (program().rewards, {}),
        "model.Program.tier": (program().tier, {"tier_id": "gold"}),
        "model.Report.rows": (report.rows, {}),
        "model.Tier.reached_by": (tier.reached_by, {"sessions": 5, "spend": 5}),
        "model.Voucher.expired_on": (voucher.expired_on, {"day": DAY}),
        "model.require_moment": (model.require_moment, {"value": AT, "where": "at"}),
        "walletcard.Issue": own(Issue(code="a.b", where="a", message="is so", hint="do")),
    }  # fmt: skip


def _loyalty() -> dict[str, Door]:
    both: dict[str, Any] = {"program": program(), "card": card()}
    event, notice = wc.Event.visit(id="till-2", at=AT + timedelta(hours=1)), model.Notice(id="a", key="b", text="c")
    return {
        "loyalty.apply": (wc.apply, {**both, "event": event}),
        "loyalty.due": (wc.due, {**both, "at": AT, "birthday": (2, 29)}),
        "loyalty.face": (wc.face, {
            **both, "at": AT, "since": fresh(), "locale": "he", "code": "CK-1", "notices": (notice,)
        }),
        "loyalty.join": (wc.join, {
            "program": program(), "id": "CK-1", "at": AT, "member": "Ann", "locale": "he", "sender": None,
            "message": None, "referral_code": None, "referred_by": None,
        }),
        "loyalty.measure": (wc.measure, {
            "program": program(), "members": [(fresh(), [event])], "at": AT + timedelta(days=40),
            "notices": [("CK-1", "comeback:30", AT)], "launched": AT,
        }),
        "loyalty.replay": (wc.replay, {"program": program(), "card": fresh(), "events": [event]}),
        "loyalty.settle": (wc.settle, {**both, "at": AT}),
    }  # fmt: skip


def _apple() -> dict[str, Door]:
    ours, updates = identity(), apple.Updates(url="https://example.com/a", token="0123456789abcdef")
    pictures = render.pictures(face(), wallet="apple")
    pkpass = apple.build(face(), identity=ours, pictures=pictures, at=AT)
    verified = apple.verify(pkpass, roots=ours.root_pem, at=AT)
    assert verified.package is not None
    document = dict(apple.pass_json(face(), identity=ours, pictures=pictures))
    made: dict[str, Any] = {
        "face": face(), "identity": ours, "pictures": pictures, "translations": (), "at": AT, "updates": updates,
        "allow": (), "extra": {"userInfo": {"a": [1]}},
    }  # fmt: skip
    written = apple.pass_json(face(), identity=ours, pictures=pictures)
    return {
        "apple.Identity": (apple.Identity, {}),
        "apple.Identity.describe": (ours.describe, {"at": AT}),
        "apple.Identity.from_p12": (apple.Identity.from_p12, {
            "data": ours.p12("p"), "password": "p", "intermediate": ours.intermediate
        }),
        "apple.Identity.from_pem": (apple.Identity.from_pem, {
            "certificate": ours.certificate, "key": pem(ours._key), "password": None, "intermediate": ours.intermediate
        }),
        "apple.Identity.from_signer": (apple.Identity.from_signer, {
            "signer": Remote(), "certificate": ours.certificate, "intermediate": ours.intermediate
        }),
        "apple.Identity.problems": (ours.problems, {"at": AT}),
        "apple.Identity.signature": (ours.signature, {"content": b"text", "at": AT}),
        "apple.Package": own(verified.package),
        "apple.Package.content": (verified.package.content, {}),
        "apple.Updates": own(updates),
        "apple.Updates.derived": (apple.Updates.derived, {
            "url": "https://example.com/a", "secret": bytes(range(32)), "serial": "CK-1"
        }),
        "apple.Verification": own(verified),
        "apple.Verification.require": (verified.require, {}),
        "apple.build": (apple.build, {**made, "verify": True}),
        "apple.bundle": (apple.bundle, {"passes": [pkpass]}),
        "apple.check": (apple.check, made),
        "apple.chunks": (apple.chunks, {**made, "verify": True}),
        "apple.headers": (apple.headers, {"name": "card", "modified": AT}),
        "apple.unchanged": (apple.unchanged, {"since": "Sat, 21 Nov 2026 10:00:00 GMT", "modified": AT}),
        "apple.lint": (apple.lint, {"pass_json": written, "files": {"icon.png": b"x"}, "identity": ours}),
        "apple.pass_json": (apple.pass_json, {
            "face": face(), "identity": ours, "pictures": pictures, "updates": updates
        }),
        "apple.read": (apple.read, {"data": pkpass}),
        "apple.read_bundle": (apple.read_bundle, {"data": apple.bundle([pkpass])}),
        "apple.sign": (apple.sign, {
            "pass_json": document, "files": pictures, "identity": ours, "at": AT, "allow": (), "verify": True
        }),
        "apple.verify": (apple.verify, {
            "data": pkpass, "roots": ours.root_pem, "intermediates": (), "at": AT, "strict": False
        }),
    }  # fmt: skip


def _google() -> dict[str, Door]:
    sends: dict[str, Any] = {
        "face": face(), "issuer_id": ISSUER, "pictures": render.pictures(face(), wallet="google"),
        "host": lambda _picture: "https://example.com/a.png", "translations": (),
        "extra": {"object": {"state": "ACTIVE"}},
        "allow": (),
    }  # fmt: skip
    signs: dict[str, Any] = {"account": account(), "at": AT, "origins": ("https://example.com",)}
    kept, calls = resources(), testing.throwaway_callbacks(ISSUER, at=AT)
    told: dict[str, Any] = {"class_id": f"{ISSUER}.club", "object_id": f"{ISSUER}.club.CK-1"}
    body = calls.body("save", **told, nonce="n", at=AT)
    link = google.save_link_of(kept, account=account(), at=AT)
    level, old = dataclasses.replace(face(), tier="gold"), f"{ISSUER}.copper-kettle.CK-1"
    move = google.move(level, issuer_id=ISSUER, old_id=old)
    stored = google.Stored(kind="LoyaltyObject", id=told["object_id"], action="sent", document={"a": 1})
    outcome, transport = google.BatchOutcome(id="a", stored=stored), google.HttpTransport()
    event = google.verify_callback(body, issuer_id=ISSUER, keys=calls.keys, at=AT)
    one: dict[str, Any] = {"kind": "LoyaltyObject"}
    changed: dict[str, Any] = {**sends, "since": wc.face(program(), fresh(), at=AT)}
    patched: dict[str, Any] = {"card": face(), **{k: v for k, v in changed.items() if k not in ("face", "issuer_id")}}
    return {
        "google.Answer": (google.Answer, {"status": 200, "headers": {"Date": "x"}, "body": b"{}"}),
        "google.BatchOutcome": own(outcome),
        "google.BatchOutcome.of": (google.BatchOutcome.of, {"resource_id": "a", "result": stored}),
        "google.BatchOutcome.require": (outcome.require, {}),
        "google.CallbackEvent": own(event),
        "google.Client": (google.Client, {
            "account": account(), "issuer_id": ISSUER, "transport": Postbox(), "sleep": print, "clock": AT.timestamp,
            "timeout": 30.0, "per_second": 20.0, "host": "https://example.com",
        }),
        "google.Client.add_message": (client().add_message, {
            "card": kept, "id": "m", "header": "H", "body": "B", "notify": True, **one
        }),
        "google.Client.classes": (client().classes, {"issuer_id": ISSUER, "kind": "LoyaltyClass", "page_size": 50}),
        "google.Client.close": (client().close, {}),
        "google.Client.expire": (client().expire, {"card": kept, **one}),
        "google.Client.get": (client().get, {"card": kept, **one}),
        "google.Client.insert_link": (client().insert_link, {"cards": kept, "origins": ()}),
        "google.Client.move": (client().move, {"move": move}),
        "google.Client.objects": (client().objects, {"class_": kept, **one, "page_size": 50}),
        "google.Client.patch_all": (client().patch_all, {
            "bodies": {told["object_id"]: {"state": "ACTIVE"}}, **one, "allow": ()
        }),
        "google.Client.patch_card": (client().patch_card, {**patched, "body": None, "kind": None}),
        "google.Client.put": (client().put, {"card": kept}),
        "google.Client.put_all": (client().put_all, {"cards": [kept]}),
        "google.Client.put_class": (client().put_class, {"class_": kept, "kind": None, "update": True, "allow": ()}),
        "google.Client.put_object": (client().put_object, {"object_": kept, "kind": None, "update": True, "allow": ()}),
        "google.Held": own(google.Held(type="LoyaltyObject", id="a")),
        "google.HttpTransport": (google.HttpTransport, {
            "ca_file": None, "proxy": None, "environment": False, "max_bytes": 5
        }),
        "google.HttpTransport.close": (transport.close, {}),
        "google.HttpTransport.send": (transport.send, {
            "request": google.Request(method="GET", url="http://127.0.0.1:9/"), "timeout": 0.2
        }),
        "google.Insert": own(google.insert_of(kept, account=account(), at=AT)),
        "google.LinkContent": own(google.read_link(link.url)),
        "google.Move": own(move),
        "google.Request": (google.Request, {
            "method": "GET", "url": "https://example.com/", "headers": {"A": "b"}, "body": b"{}"
        }),
        "google.Resources": own(kept),
        "google.SaveLink": own(link),
        "google.SaveLink.button": (link.button, {"image": "https://example.com/b.png", "alt": "Add"}),
        "google.ServiceAccount": (google.ServiceAccount, {
            "client_email": "a@b.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
            "key": account()._key,
        }),
        "google.ServiceAccount.from_json": (google.ServiceAccount.from_json, {
            "data": account().to_json(), "token_uri": "https://oauth2.googleapis.com/token"
        }),
        "google.ServiceAccount.sign": (account().sign, {"payload": b"{}"}),
        "google.ServiceAccount.signed_length": (account().signed_length, {"size": 5}),
        "google.Stored": own(stored),
        "google.check": (google.check, sends),
        "google.insert_of": (google.insert_of, {"cards": kept, **signs}),
        "google.lint": (google.lint, {"kind": "LoyaltyObject", "body": kept.object, "partial": False}),
        "google.merchant_locations": (google.merchant_locations, {"face": face()}),
        "google.move": (google.move, {**sends, "face": level, "old_id": old}),
        "google.patch": (google.patch, changed),
        "google.read_link": (google.read_link, {"text": link.url}),
        "google.resources": (google.resources, sends),
        "google.save_link": (google.save_link, {**sends, **signs, "form": "auto"}),
        "google.save_link_of": (google.save_link_of, {"cards": kept, **signs, "form": "auto", "allow": ()}),
        "google.verify_callback": (google.verify_callback, {
            "body": body, "issuer_id": ISSUER, "keys": calls.keys, "at": AT, "sender": "GooglePayPasses"
        }),
    }  # fmt: skip


def _rest() -> dict[str, Door]:
    design = wc.Design(background="#3B2418")
    spec, ring = design.strip(direction="ltr"), tokens.KeyRing({"a": tokens.KeyRing.new_key()}, signing="a")
    token = tokens.issue("member", keys=ring, program="club", card="CK-1", at=AT)
    book, calls = words.phrase_book("en-GB"), testing.throwaway_callbacks(ISSUER, at=AT)
    told: dict[str, Any] = {"class_id": f"{ISSUER}.club", "object_id": f"{ISSUER}.club.CK-1"}
    draws: dict[str, Any] = {"spec": spec, "allow": ()}
    return {
        "preview.html": (preview.html, {
            "face": face(), "previous": None, "translations": (), "identity": None, "issuer_id": ISSUER, "at": AT
        }),
        "preview.poster": (preview.poster, {
            "program": program(), "join_url": "https://example.com/join", "size": "A6", "locale": None
        }),
        "preview.sheet": (preview.sheet, {"program": program(), "locale": None, "at": AT}),
        "render.artwork": (render.artwork, {**draws, "scale": 1}),
        "render.barcode": (render.barcode, {"code": model.Barcode(message="CK-1"), "module": 1}),
        "render.fit": (render.fit, {
            "picture": render.qr("a"), "slot": "icon", "scale": 1, "background": "#FFF", "where": "picture"
        }),
        "render.hero": (render.hero, draws),
        "render.pictures": (render.pictures, {"face": face(), "wallet": "apple", "allow": ()}),
        "render.qr": (render.qr, {
            "message": "CK-1", "encoding": "utf-8", "correction": "M", "module": 1, "dark": "#000", "light": "#fff"
        }),
        "render.strip": (render.strip, {**draws, "scale": 1}),
        "testing.ThrowawayCallbacks": (testing.ThrowawayCallbacks, {"issuer_id": ISSUER, "at": AT}),
        "testing.ThrowawayCallbacks.body": (calls.body, {"kind": "save", **told, "nonce": "n", "at": AT}),
        "testing.ThrowawayIdentity": (testing.ThrowawayIdentity, {}),
        "testing.ThrowawayIdentity.p12": (identity().p12, {"password": "p"}),
        "testing.ThrowawayServiceAccount": (testing.ThrowawayServiceAccount, {
            "client_email": "a@b.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
            "key": account()._key,
        }),
        "testing.ThrowawayServiceAccount.to_json": (account().to_json, {}),
        "testing.throwaway_callbacks": (testing.throwaway_callbacks, {"issuer_id": ISSUER, "at": AT}),
        "testing.throwaway_identity": (testing.throwaway_identity, {"at": AT}),
        "testing.throwaway_service_account": (testing.throwaway_service_account, {}),
        "tokens.KeyRing": (tokens.KeyRing, {"keys": {"a": tokens.KeyRing.new_key()}, "signing": "a"}),
        "tokens.KeyRing.mac": (ring.mac, {"key": "a", "content": b"text"}),
        "tokens.KeyRing.new_key": (tokens.KeyRing.new_key, {}),
        "tokens.Token": own(tokens.verify(token, keys=ring)),
        "tokens.issue": (tokens.issue, {
            "kind": "stamp", "keys": ring, "program": "club", "card": "CK-1", "voucher": None, "source": None,
            "valid_for": timedelta(minutes=5), "nonce": "0123456789abcdef", "at": AT,
        }),
        "tokens.new_code": (tokens.new_code, {"length": 8, "prefix": "CK-"}),
        "tokens.verify": (tokens.verify, {"text": token, "keys": ring, "program": "club", "kind": "member", "at": AT}),
        "walletcard.make_pkpass": (wc.make_pkpass, {
            "face": face(), "identity": identity(), "translations": (), "at": AT, "updates": None, "allow": (),
            "extra": None,
        }),
        "walletcard.make_save_link": (wc.make_save_link, {
            "face": face(), "account": account(), "issuer_id": ISSUER, "host": None, "form": "auto", "at": AT,
            "origins": (), "translations": (), "extra": None, "allow": (),
        }),
        "words.PhraseBook": own(book),
        "words.PhraseBook.count": (book.count, {"key": "stamps_count", "number": 3}),
        "words.PhraseBook.day": (book.day, {"day": DAY, "long": True}),
        "words.PhraseBook.listed": (book.listed, {"texts": ("a", "b"), "clauses": False}),
        "words.PhraseBook.missing": (book.missing, {}),
        "words.PhraseBook.moment": (book.moment, {"at": AT, "today": DAY}),
        "words.PhraseBook.money": (book.money, {"money": wc.Money(5, "GBP"), "whole": False}),
        "words.PhraseBook.number": (book.number, {"number": 5}),
        "words.PhraseBook.percent": (book.percent, {"number": 5}),
        "words.PhraseBook.say": (book.say, {"key": "stamps_label"}),
        "words.PhraseBook.unit": (book.unit, {"unit": "stamps", "left": 3}),
        "words.PhraseBook.upper": (book.upper, {"text": "a"}),
        "words.UnitWords": own(book.unit("stamps", 3)),
        "words.languages": (words.languages, {}),
        "words.phrase_book": (words.phrase_book, {
            "locale": "en-GB", "words": {"one_left": "One to go"}, "home": "en-GB"
        }),
    }  # fmt: skip
