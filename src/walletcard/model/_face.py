"""A card's face: what it shows at one moment, as final text in one language, for any wallet.

The narrow waist of the library: a new kind of card never touches the wallets, a new wallet never touches the rules.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Self

from walletcard.errors import quoted
from walletcard.model._checks import ID_PATTERN, Findings, as_tuple, fixed
from walletcard.model._color import Palette
from walletcard.model._design import Design
from walletcard.model._json import Stored
from walletcard.model._notice import Notice
from walletcard.model._picture import Picture
from walletcard.model._standing import check_currency
from walletcard.model._strip import Direction, StripSpec
from walletcard.model._symbols import flaw
from walletcard.model._text import direction_of

SLOTS: Final = ("header", "primary", "secondary", "auxiliary", "back")
KINDS: Final = ("loyalty", "gift")
STATES: Final = ("active", "complete", "expired", "closed")
BARCODE_FORMATS: Final = ("aztec", "codabar", "code128", "code39", "ean13", "i2of5", "pdf417", "qr")

MAX_VALUE: Final = 20_000  # Characters of one field; the back of a card is long, but not a book.


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units, so that nothing is ever rounded.

    Attributes:
        minor: Pence, cents, agorot ...: 6000 is 60.00 pounds; never negative.
        currency: Three capital letters, ISO 4217.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        findings = Findings("money")
        findings.whole("minor", self.minor, 0, 10**12)
        check_currency(findings, self.currency)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One labelled text of a card.

    Attributes:
        key: Stable name; the phone compares the same key before and after an update. Letters, digits, ``_``, ``-``.
        label: Sentence case.
        value: Final text; the phone never reformats it.
        slot: ``header``, ``primary``, ``secondary``, ``auxiliary`` or ``back``.
        front_label: The label as an Apple front shows it (upper case, where the script has one).
        change: What the phone announces when the value has changed, with ``%@`` once for the new value.
        shared: The same on every card of the programme: Google keeps it once, on the class.
    """

    key: str
    label: str
    value: str
    slot: str
    front_label: str | None = None
    change: str | None = None
    shared: bool = False

    def __post_init__(self) -> None:
        findings = Findings(
            f"field {self.key}" if isinstance(self.key, str) and ID_PATTERN.fullmatch(self.key) else "field"
        )
        findings.identifier("key", self.key)
        findings.text("label", self.label, limit=200, empty=True)
        findings.text("value", self.value, limit=MAX_VALUE, empty=True, lines=True)
        findings.choice("slot", self.slot, SLOTS, code="field.slot")
        findings.flag("shared", self.shared)
        if self.front_label is not None:
            findings.text("front_label", self.front_label, limit=200)
        if self.change is not None and findings.text("change", self.change, limit=200):
            codes = self.change.replace("%%", "")
            if codes.count("%@") != 1 or codes.count("%") != 1:
                hint = 'write e.g. "You now have %@ stamps", and a literal percent sign as %%'
                findings.add("field.change", "change", "needs %@ exactly once and no other % code", hint)
        findings.finish()

    @classmethod
    def front(cls, key: str, label: str, value: str, *, slot: str = "secondary", change: str | None = None) -> Self:
        """Return a field for the front, in the row under the picture unless ``slot`` says otherwise."""
        return cls(key=key, label=label, value=value, slot=slot, change=change)

    @classmethod
    def back(cls, key: str, label: str, value: str, *, change: str | None = None) -> Self:
        """Return a field for the back."""
        return cls(key=key, label=label, value=value, slot="back", change=change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A number the card is about, as Google shows it.

    Attributes:
        label: At best 9 characters.
        text: Final text.
        short: What stands for ``text`` where it is over 7 characters.
        amount: The same as a number, where Google may write it in the phone's own way.
    """

    label: str
    text: str
    short: str | None = None
    amount: int | Money | None = None

    def __post_init__(self) -> None:
        findings = Findings("balance")
        for name in ("label", "text"):
            findings.text(name, getattr(self, name), limit=200)
        if self.short is not None:
            findings.text("short", self.short, limit=200)
        if not isinstance(self.amount, Money):
            findings.optional_whole("amount", self.amount, 0, 2**31 - 1)
        findings.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """The code that the till scans.

    Attributes:
        message: What it holds; every character must exist in ``encoding``.
        format: ``qr``, ``pdf417``, ``aztec``, ``code128``; or ``code39``, ``codabar``, ``ean13``, ``i2of5``, which
            iPhones show from iOS 27 on. ``i2of5`` is Google's ITF-14: there it holds 14 digits.
        alt: The text under it, for a person to read out.
        encoding: ``utf-8`` or ``iso-8859-1``.
    """

    message: str
    format: str = "qr"
    alt: str | None = None
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        findings = Findings("barcode")
        findings.choice("format", self.format, BARCODE_FORMATS, code="barcode.format")
        if self.alt is not None:
            findings.text("alt", self.alt, limit=64)
        if self._known_encoding(findings) and findings.text("message", self.message, limit=1_000):
            self._encodable(findings)
        findings.finish()

    def _known_encoding(self, findings: Findings) -> bool:
        try:
            known = codecs.lookup(self.encoding).name in ("utf-8", "iso8859-1")
        except (LookupError, TypeError, ValueError):
            known = False
        if not known:
            message, hint = f"{quoted(self.encoding)} is unknown", "use utf-8 or iso-8859-1"
            findings.add("barcode.encoding", "encoding", message, hint)
        return known

    def _encodable(self, findings: Findings) -> None:
        if found := flaw(self.format, self.message):
            findings.add(found.code, "message", found.message, found.hint)
            return
        try:
            self.message.encode(self.encoding)
        except UnicodeEncodeError as error:
            lost = f"{quoted(self.message[error.start])} (position {error.start}) cannot be in {self.encoding}"
            findings.add("barcode.message", "message", lost, "use format qr with encoding utf-8, or plain letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face(Stored):
    """Everything a card shows at one moment. Made by `walletcard.face`, or by hand for a one-off card.

    Attributes:
        id: The card's id; also what a member reads out. ``[A-Za-z0-9_-]{1,64}``, not starting with ``tier-``.
        issuer: Who gives the card out; the title of the notices on an iPhone.
        title: The programme's name.
        description: One phrase for a screen reader.
        locale: The language of every text, such as ``en-GB``.
        kind: ``loyalty`` or ``gift``.
        program: The programme's id; by default the kind.
        tier: The member's level, by its id; Google keeps a class for each.
        member: The display name of who holds it.
        design: Colours, icon and the user's pictures.
        fields: In reading order, each key once.
        balances: Up to two.
        barcode: What the till scans; ``None`` for none.
        strip: The picture to draw; ``None`` for none.
        valid_from: Aware.
        expires: Aware; when the card ends. Midnight is the end of the day before.
        state: ``active``, ``complete`` (used up), ``expired`` or ``closed``.
        notices: Messages to show on the card.
        announces: The key of the one field whose change a person should hear of; ``None`` for none.
        direction: ``ltr`` or ``rtl``; by default that of the language.
    """

    id: str
    issuer: str
    title: str
    description: str
    locale: str
    design: Design
    kind: str = "loyalty"
    program: str = ""
    tier: str | None = None
    member: str | None = None
    fields: tuple[Field, ...] = ()
    balances: tuple[Balance, ...] = ()
    barcode: Barcode | None = None
    strip: StripSpec | None = None
    valid_from: datetime | None = None
    expires: datetime | None = None
    state: str = "active"
    notices: tuple[Notice, ...] = ()
    announces: str | None = None
    direction: Direction | None = None

    def __post_init__(self) -> None:
        for name in ("fields", "balances", "notices"):
            object.__setattr__(self, name, as_tuple(getattr(self, name)))
        for name in ("valid_from", "expires"):
            if isinstance(getattr(self, name), datetime):
                object.__setattr__(self, name, fixed(getattr(self, name)))
        if self.program == "":
            object.__setattr__(self, "program", self.kind)
        findings = Findings("face")
        check_card_id(findings, "id", self.id)
        findings.choice("kind", self.kind, KINDS, code="kind.unsupported")
        findings.identifier("program", self.program)
        if self.tier is not None:
            findings.identifier("tier", self.tier)
        for name, limit in (("issuer", 64), ("title", 64), ("description", 400)):
            findings.text(name, getattr(self, name), limit=limit)
        if self.member is not None:
            findings.text("member", self.member, limit=64)
        if findings.locale("locale", self.locale) and self.direction is None:
            object.__setattr__(self, "direction", direction_of(self.locale))
        if self.direction is not None:
            findings.choice("direction", self.direction, ("ltr", "rtl"), code="face.direction")
        findings.choice("state", self.state, STATES, code="face.state")
        self._check_parts(findings)
        findings.finish()

    def _check_parts(self, findings: Findings) -> None:
        if not isinstance(self.design, Design):
            findings.add("face.design", "design", f"got {quoted(self.design)}, need a Design", "pass Design(...)")
        for name, kind in (("barcode", Barcode), ("strip", StripSpec)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                message = f"got {quoted(value)}, need {kind.__name__}"
                findings.add("face.part", name, message, f"pass {kind.__name__}(...)")
        findings.entries("notices", self.notices, Notice)
        known = findings.entries("fields", self.fields, Field)
        seen: set[str] = set()
        for key in (one.key for one in self.fields if known):
            if key in seen:
                findings.add("field.duplicate", "fields", f"key {quoted(key)} twice", "give each field its own key")
            seen.add(key)
        if self.announces is not None and not (isinstance(self.announces, str) and self.announces in {*seen, "notice"}):
            findings.add("face.announces", "announces", f"no field {quoted(self.announces)}", "name a field's key")
        if findings.entries("balances", self.balances, Balance) and len(self.balances) > 2:
            findings.add("face.balances", "balances", f"{len(self.balances)} balances", "wallets show two at most")
        times = [name for name in ("valid_from", "expires") if getattr(self, name) is not None]
        valid = [findings.moment(name, getattr(self, name)) for name in times]
        if len(times) == 2 and all(valid) and self.expires <= self.valid_from:  # type: ignore[operator]
            findings.add("time.order", "expires", "not after valid_from", "swap the two")

    @property
    def serial(self) -> str:
        """The card's name in a wallet: ``program.card``; the dot is only the separator."""
        return f"{self.program}.{self.id}"

    @property
    def colours(self) -> Palette:
        """The card's colours, each resolved."""
        return self.design.palette

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures that the user gave: ``app_icon`` and ``logo``, those that are there."""
        return self.design.pictures

    @property
    def alt(self) -> str:
        """What the strip says to a screen reader; empty without one."""
        return self.strip.alt if self.strip else ""

    def in_slot(self, slot: str) -> tuple[Field, ...]:
        """Return the fields of one slot, in order."""
        return tuple(one for one in self.fields if one.slot == slot)

    @classmethod
    def gift(
        cls,
        *,
        id: str,  # noqa: A002
        issuer: str,
        title: str,
        description: str,
        locale: str,
        design: Design,
        balance: Money,
        value: Money | None = None,
        fields: Iterable[Field] = (),
        expires: datetime | None = None,
        valid_from: datetime | None = None,
        program: str = "gift",
        code: str | None = None,
        alt: str | None = None,
        notices: Iterable[Notice] = (),
    ) -> Self:
        """Return a gift voucher with a balance of money, which falls as it is used.

        Args:
            id: The voucher's number; also under the barcode.
            issuer: Who honours it.
            title: Over its value: "Gift voucher".
            description: One phrase for a screen reader.
            locale: The language of every text; walletcard must speak it.
            design: The look.
            balance: What is left; nothing left makes the voucher complete.
            value: What it was worth when it was bought; ``balance`` when absent.
            fields: More fields, such as whom it is for, and its terms on the back.
            expires: When it ends; midnight is the end of the day before.
            valid_from: From when it can be used.
            program: Names the kind of voucher in the wallets' ids.
            code: What the barcode holds; ``id`` when absent.
            alt: What the picture says to a screen reader; made from the balance when absent.
            notices: Messages to show on it.

        Raises:
            InvalidCardError: An argument breaks a rule, or walletcard does not speak the language.
        """
        from walletcard.words import phrase_book  # The other way up: money and dates are written by words.

        _check_gift(balance, value, fields, expires, design)
        book = phrase_book(locale)
        left = book.money(balance)
        own = [
            Field.front("balance", book.say("balance_label"), left, slot="header", change=book.say("balance_changed")),
            Field.front("value", title, book.money(balance if value is None else value, whole=True), slot="primary"),
            *fields,
        ]
        if expires is not None:
            day = (expires - timedelta(microseconds=1)).date()
            own.append(Field.front("valid_until", book.say("valid_label"), book.day(day), slot="auxiliary"))
        said = book.say("alt_gift", balance=left) if alt is None else alt
        strip = replace(design.strip(direction=direction_of(locale)), alt=said)
        return cls(
            id=id,
            issuer=issuer,
            title=title,
            description=description,
            locale=locale,
            design=design,
            kind="gift",
            program=program,
            fields=tuple(_upper_on_front(field, book.upper(field.label)) for field in own),
            balances=(Balance(label=book.say("balance_label"), text=left, amount=balance),),
            barcode=Barcode(message=id if code is None else code, alt=id),
            strip=strip,
            valid_from=valid_from,
            expires=expires,
            state="active" if balance.minor else "complete",
            notices=tuple(notices),
        )

    def _repr_html_(self) -> str:
        from walletcard.preview import _notebook  # The one way up: a face shows itself in a notebook.

        return _notebook.face_html(self)


def _check_gift(balance: object, value: object, fields: object, expires: object, design: object) -> None:
    """Check what a gift voucher is made from, before it is put into words."""
    findings = Findings("gift")
    if not isinstance(balance, Money):
        findings.add("gift.balance", "balance", f"got {quoted(balance)}, need Money", 'pass Money(6000, "GBP")')
    elif isinstance(value, Money) and (value.currency != balance.currency or value.minor < balance.minor):
        hint = "give what it was worth when it was bought, in the same currency"
        findings.add("gift.value", "value", "not the money that the balance is left of", hint)
    if value is not None and not isinstance(value, Money):
        findings.add("gift.value", "value", f"got {quoted(value)}, need Money", 'pass Money(6000, "GBP")')
    findings.entries("fields", as_tuple(fields), Field)
    if expires is not None:
        findings.moment("expires", expires)
    if not isinstance(design, Design):
        findings.add("face.design", "design", f"got {quoted(design)}, need a Design", "pass Design(...)")
    findings.finish()


def _upper_on_front(field: Field, upper: str) -> Field:
    """Return the field with its upper-case label, where a front shows one and the user gave none."""
    if field.slot == "back" or field.front_label is not None or upper in ("", field.label):
        return field
    return replace(field, front_label=upper)


def check_card_id(findings: Findings, name: str, value: object) -> None:
    """Check a card's id: like any id, and never like a tier's class (``tier-...``)."""
    if findings.identifier(name, value) and str(value).startswith("tier-"):
        findings.add("id.reserved", name, 'starts with "tier-"', "that prefix names classes: choose another")
