"""A card's face: what it shows at one moment, as final text in one language, for any wallet.

The narrow waist of the library: a new kind of card never touches the wallets, a new wallet never touches the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Self

from walletcard.errors import quoted
from walletcard.model import _one_off
from walletcard.model._around import Link, Occasion, Place, check_around
from walletcard.model._checks import Findings, as_tuple, fixed
from walletcard.model._color import Palette
from walletcard.model._design import Design
from walletcard.model._field import SLOTS, Balance, Barcode, Field, Money
from walletcard.model._ids import check_card_id
from walletcard.model._json import Stored
from walletcard.model._notice import Notice
from walletcard.model._picture import Picture
from walletcard.model._shared import Shared
from walletcard.model._strip import Direction, StripSpec
from walletcard.model._text import direction_of

KINDS: Final = ("loyalty", "gift", "offer", "generic", "event")
STATES: Final = ("active", "complete", "expired", "closed")
# https://developer.apple.com/design/human-interface-guidelines/wallet
STRIP_KINDS: Final = ("loyalty", "gift", "offer")  # Those on which an iPhone shows the strip.


@dataclass(frozen=True, slots=True, kw_only=True)
class Face(Stored):
    """Everything a card shows at one moment. Made by `walletcard.face`, or by hand for a one-off card.

    Attributes:
        id: The card's id; also what a member reads out. ``[A-Za-z0-9_-]{1,64}``, not starting with ``tier-``.
        issuer: Who gives the card out; the title of the notices on an iPhone.
        title: The programme's name.
        description: One phrase for a screen reader.
        locale: The language of every text, such as ``en-GB``.
        kind: ``loyalty``, ``gift``, ``offer``, ``generic`` or ``event``.
        program: The programme's id; by default the kind.
        tier: The member's level, by its id; Google keeps a class for each.
        member: The display name of who holds it. On an iPhone a field shows it; one with the key ``member`` is not said
            again where Google has a place of its own for it.
        design: Colours, icon and the user's pictures.
        fields: In reading order, each key once.
        balances: Up to two.
        barcode: What the till scans; ``None`` for none.
        strip: The picture to draw; ``None`` for none. An iPhone shows one on loyalty cards, gift cards and offers.
        links: Where taps on the back lead; ten at most.
        places: Where an iPhone offers the card on the lock screen; ten at most.
        occasion: When and where an event ticket admits.
        valid_from: Aware.
        expires: Aware; when the card ends. Midnight is the end of the day before.
        state: ``active``, ``complete`` (used up), ``expired`` or ``closed``.
        notices: Messages to show on the card.
        announces: The key of the one field whose change a person should hear of; ``None`` for none.
        direction: ``ltr`` or ``rtl``; by default that of the language.
        shared: What all cards of the programme say alike: in the programme's language first, then in each other that
            it has texts in. Without it this card speaks for all.
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
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    occasion: Occasion | None = None
    shared: tuple[Shared, ...] = ()

    def __post_init__(self) -> None:
        for name in ("fields", "balances", "notices", "links", "places", "shared"):
            if type(value := getattr(self, name)) is not tuple:
                object.__setattr__(self, name, as_tuple(value))
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
        for name, kind in (("barcode", Barcode), ("strip", StripSpec), ("occasion", Occasion)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                message = f"got {quoted(value)}, need {kind.__name__}"
                findings.add("face.part", name, message, f"pass {kind.__name__}(...)")
        findings.entries("notices", self.notices, Notice)
        findings.entries("shared", self.shared, Shared)
        self._check_around(findings)
        known = findings.entries("fields", self.fields, Field)
        keys = [one.key for one in self.fields] if known else []
        seen = set(keys)
        for key, count in Counter(keys).items() if len(seen) < len(keys) else ():
            if count > 1:
                findings.add("field.duplicate", "fields", f"key {quoted(key)} twice", "give each field its own key")
        if self.announces is not None and not (isinstance(self.announces, str) and self.announces in {*seen, "notice"}):
            findings.add("face.announces", "announces", f"no field {quoted(self.announces)}", "name a field's key")
        if findings.entries("balances", self.balances, Balance) and len(self.balances) > 2:
            findings.add("face.balances", "balances", f"{len(self.balances)} balances", "wallets show two at most")
        times = [name for name in ("valid_from", "expires") if getattr(self, name) is not None]
        valid = [findings.moment(name, getattr(self, name)) for name in times]
        if len(times) == 2 and all(valid) and self.expires <= self.valid_from:  # type: ignore[operator]
            findings.add("time.order", "expires", "not after valid_from", "swap the two")

    def _check_around(self, findings: Findings) -> None:
        if check_around(findings, self.links, self.places):
            for place, link in enumerate(self.links):
                findings.text(f"links[{place}].label", link.label, limit=64)
            for place, spot in enumerate(self.places):
                if spot.text is not None:
                    findings.text(f"places[{place}].text", spot.text, limit=64)
        if self.kind == "event" and self.occasion is None:
            findings.add("face.occasion", "occasion", "missing", "say when: Occasion(starts=...)")

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
        """The pictures that the user gave, those that are there, by their names in `Design`."""
        return self.design.pictures

    @property
    def alt(self) -> str:
        """What the strip says to a screen reader; empty without one."""
        return self.strip.alt if self.strip else ""

    def in_slot(self, slot: str) -> tuple[Field, ...]:
        """Return the fields of one slot, in order."""
        if not isinstance(slot, str) or slot not in SLOTS:
            findings = Findings("face")
            findings.choice("slot", slot, SLOTS, code="field.slot")
            findings.finish()
        return tuple(one for one in self.fields if one.slot == slot)

    @classmethod
    def _by_hand(
        cls,
        *,
        id: str,  # noqa: A002
        shown: _one_off.Shown,
        code: str | None,
        **given: Any,
    ) -> Self:
        """Return a face of what its kind shows; the barcode holds the id unless there is another code."""
        return cls(
            id=id,
            fields=shown.fields,
            balances=shown.balances,
            strip=shown.strip,
            barcode=Barcode(message=id if code is None else code, alt=id),
            **given,
        )

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
        links: Iterable[Link] = (),
        places: Iterable[Place] = (),
    ) -> Self:
        """Return a gift voucher with a balance of money, which falls as it is used.

        Args:
            id: The voucher's number; also under the barcode.
            issuer: Who honours it.
            title: Of the large number, what it was worth: "Gift voucher".
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
            links: Where taps on the back lead.
            places: Where it is honoured.

        Raises:
            InvalidCardError: An argument breaks a rule, or walletcard does not speak the language.
        """
        shown = _one_off.gift(
            title=title,
            locale=locale,
            design=design,
            balance=balance,
            value=value,
            fields=fields,
            expires=expires,
            alt=alt,
        )
        return cls._by_hand(
            id=id,
            issuer=issuer,
            title=title,
            description=description,
            locale=locale,
            design=design,
            kind="gift",
            program=program,
            shown=shown,
            code=code,
            valid_from=valid_from,
            expires=expires,
            state="active" if balance.minor else "complete",
            notices=notices,
            links=links,
            places=places,
        )

    @classmethod
    def offer(
        cls,
        *,
        id: str,  # noqa: A002
        issuer: str,
        title: str,
        description: str,
        locale: str,
        design: Design,
        program: str,
        value: str | None = None,
        member: str | None = None,
        fields: Iterable[Field] = (),
        expires: datetime | None = None,
        valid_from: datetime | None = None,
        code: str | None = None,
        alt: str | None = None,
        notices: Iterable[Notice] = (),
        links: Iterable[Link] = (),
        places: Iterable[Place] = (),
    ) -> Self:
        """Return a coupon: one offer for many people, each with a code of their own.

        Args:
            id: The coupon's number; also under the barcode.
            issuer: Who honours it.
            title: What is offered: "A neck massage on us".
            description: One phrase for a screen reader.
            locale: The language of every text; walletcard must speak it.
            design: The look.
            program: Names the offer in the wallets' ids: all coupons of one offer share it, and Google keeps title and
                look once for all of them.
            value: What it is worth, in large letters with the title over it: "20 % off".
            member: The display name of who holds it.
            fields: More fields, such as its terms on the back.
            expires: When it ends; midnight is the end of the day before.
            valid_from: From when it can be used.
            code: What the barcode holds; ``id`` when absent.
            alt: What the picture says to a screen reader; title and value when absent.
            notices: Messages to show on it.
            links: Where taps on the back lead.
            places: Where it is honoured.

        Raises:
            InvalidCardError: An argument breaks a rule, or walletcard does not speak the language.
        """
        shown = _one_off.offer(
            title=title,
            value=value,
            locale=locale,
            design=design,
            member=member,
            fields=fields,
            expires=expires,
            alt=alt,
        )
        return cls._by_hand(
            id=id,
            issuer=issuer,
            title=title,
            description=description,
            locale=locale,
            design=design,
            kind="offer",
            program=program,
            member=member,
            shown=shown,
            code=code,
            valid_from=valid_from,
            expires=expires,
            notices=notices,
            links=links,
            places=places,
        )

    @classmethod
    def generic(
        cls,
        *,
        id: str,  # noqa: A002
        issuer: str,
        title: str,
        description: str,
        locale: str,
        design: Design,
        program: str = "generic",
        value: str | None = None,
        member: str | None = None,
        fields: Iterable[Field] = (),
        expires: datetime | None = None,
        valid_from: datetime | None = None,
        code: str | None = None,
        notices: Iterable[Notice] = (),
        links: Iterable[Link] = (),
        places: Iterable[Place] = (),
    ) -> Self:
        """Return a plain card: a membership, an access card, anything that no other kind fits.

        Args:
            id: The card's number; also under the barcode.
            issuer: Who gives it out.
            title: What it is: "Annual pass".
            description: One phrase for a screen reader.
            locale: The language of every text; walletcard must speak it.
            design: The look.
            program: Names the kind of card in the wallets' ids.
            value: What stands in large letters with the title over it: "Gold".
            member: The display name of who holds it.
            fields: More fields, such as its terms on the back.
            expires: When it ends; midnight is the end of the day before.
            valid_from: From when it can be used.
            code: What the barcode holds; ``id`` when absent.
            notices: Messages to show on it.
            links: Where taps on the back lead.
            places: Where it is used.

        Raises:
            InvalidCardError: An argument breaks a rule, or walletcard does not speak the language.
        """
        shown = _one_off.generic(
            title=title,
            value=value,
            locale=locale,
            design=design,
            member=member,
            fields=fields,
            expires=expires,
        )
        return cls._by_hand(
            id=id,
            issuer=issuer,
            title=title,
            description=description,
            locale=locale,
            design=design,
            kind="generic",
            program=program,
            member=member,
            shown=shown,
            code=code,
            valid_from=valid_from,
            expires=expires,
            notices=notices,
            links=links,
            places=places,
        )

    @classmethod
    def event(
        cls,
        *,
        id: str,  # noqa: A002
        issuer: str,
        title: str,
        description: str,
        locale: str,
        design: Design,
        program: str,
        occasion: Occasion,
        member: str | None = None,
        fields: Iterable[Field] = (),
        expires: datetime | None = None,
        code: str | None = None,
        notices: Iterable[Notice] = (),
        links: Iterable[Link] = (),
        places: Iterable[Place] = (),
    ) -> Self:
        """Return an event ticket: a workshop, a tasting, an evening class.

        Args:
            id: The ticket's number; also under the barcode.
            issuer: Who invites.
            title: The event's name.
            description: One phrase for a screen reader.
            locale: The language of every text; walletcard must speak it.
            design: The look; ``thumbnail`` or ``background_picture`` make it the event's own.
            program: Names the event in the wallets' ids: all its tickets share it, and Google keeps name, time and
                place once for all of them.
            occasion: When and where.
            member: The display name of who may come in.
            fields: More fields, such as a seat.
            expires: When the ticket ends; the end of the event when absent.
            code: What the barcode holds; ``id`` when absent.
            notices: Messages to show on it.
            links: Where taps on the back lead.
            places: Where the iPhone offers the ticket.

        Raises:
            InvalidCardError: An argument breaks a rule, or walletcard does not speak the language.
        """
        shown = _one_off.event(
            title=title, locale=locale, design=design, occasion=occasion, member=member, fields=fields, expires=expires
        )
        return cls._by_hand(
            id=id,
            issuer=issuer,
            title=title,
            description=description,
            locale=locale,
            design=design,
            kind="event",
            program=program,
            member=member,
            shown=shown,
            code=code,
            expires=occasion.ends if expires is None else expires,
            notices=notices,
            links=links,
            places=places,
            occasion=occasion,
        )

    def _repr_html_(self) -> str:
        from walletcard.preview import _notebook  # One of two ways up: a face shows itself in a notebook.

        return _notebook.face_html(self)


_NAMES: Final = tuple(one.name for one in fields(Face))


def of_another(
    face: Face,
    *,
    card_id: str,
    member: str | None,
    shown: tuple[Field, ...],
    barcode: Barcode,
    expires: datetime | None,
    notices: tuple[Notice, ...],
) -> Face:
    """Return the face of another card that stands alike; what both have in common is not checked again.

    Args:
        face: That of the one card.
        card_id: The other card's id.
        member: Who holds it.
        shown: The same fields, with its own values.
        barcode: What the till scans.
        expires: When it ends.
        notices: Messages to show on it.

    Raises:
        InvalidCardError: An argument breaks a rule.
    """
    findings = Findings("face")
    check_card_id(findings, "id", card_id)
    if member is not None:
        findings.text("member", member, limit=64)
    if expires is not None and findings.moment("expires", expires):
        expires = fixed(expires)
    findings.entries("notices", notices, Notice)
    findings.finish()
    own = {
        "id": card_id,
        "member": member,
        "fields": shown,
        "barcode": barcode,
        "expires": expires,
        "notices": notices,
    }
    made = object.__new__(Face)
    for name in _NAMES:
        object.__setattr__(made, name, own[name] if name in own else getattr(face, name))
    return made
