"""The parts of a face: an amount, a labelled text, a number that the card is about, and the code for the till."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final, Self

from walletcard.errors import quoted
from walletcard.model._checks import ID_PATTERN, Findings
from walletcard.model._currency import check_amount, check_currency
from walletcard.model._symbols import flaw

SLOTS: Final = ("header", "primary", "secondary", "auxiliary", "back")
BARCODE_FORMATS: Final = ("aztec", "codabar", "code128", "code39", "ean13", "i2of5", "pdf417", "qr")

MAX_VALUE: Final = 20_000  # Characters of one field; the back of a card is long, but not a book.


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units, so that nothing is ever rounded.

    Attributes:
        minor: Pence, cents, agorot ...: 6000 is 60.00 pounds, and 6000 yen, whose prices have no decimals; never
            negative.
        currency: Three capital letters, ISO 4217.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        findings = Findings("money")
        check_amount(findings, "minor", self.minor, 0, 10**12, currency=self.currency)
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
        known = findings.choice("format", self.format, BARCODE_FORMATS, code="barcode.format")
        if self.alt is not None:
            findings.text("alt", self.alt, limit=64)
        if self._known_encoding(findings) and findings.text("message", self.message, limit=1_000) and known:
            self._encodable(findings)
        findings.finish()

    def _known_encoding(self, findings: Findings) -> bool:
        if self.encoding == "utf-8":
            return True
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
        if self.message.isascii():
            return
        try:
            self.message.encode(self.encoding)
        except UnicodeEncodeError as error:
            lost = f"{quoted(self.message[error.start])} (position {error.start}) cannot be in {self.encoding}"
            findings.add("barcode.message", "message", lost, "use format qr with encoding utf-8, or plain letters")
