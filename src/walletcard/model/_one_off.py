"""Cards made by hand, without a programme: what each kind shows, put into the words of its language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from walletcard.errors import quoted
from walletcard.model._around import Occasion
from walletcard.model._checks import Findings, as_tuple
from walletcard.model._design import Design
from walletcard.model._field import Balance, Field, Money
from walletcard.model._strip import StripSpec
from walletcard.model._text import direction_of

if TYPE_CHECKING:
    from walletcard.words import PhraseBook


class Shown(NamedTuple):
    """What a kind of card makes of its own arguments."""

    fields: tuple[Field, ...]
    strip: StripSpec | None = None
    balances: tuple[Balance, ...] = ()


def gift(
    *,
    title: str,
    locale: str,
    design: Design,
    balance: Money,
    value: Money | None,
    fields: Iterable[Field],
    expires: datetime | None,
    alt: str | None,
) -> Shown:
    """Return what a gift voucher shows: what is left, what it was worth, until when."""
    findings, given = _found("gift", locale, design, fields, expires)
    _check_money(findings, balance, value)
    findings.finish()
    book = _book(locale)
    left = book.money(balance)
    own = [
        Field.front("balance", book.say("balance_label"), left, slot="header", change=book.say("balance_changed")),
        Field.front("value", title, book.money(balance if value is None else value, whole=True), slot="primary"),
        *given,
        *_valid_until(expires, book),
    ]
    said = book.say("alt_gift", balance=left) if alt is None else alt
    counted = Balance(label=book.say("balance_label"), text=left, amount=balance)
    return Shown(_labelled(own, book), _strip(design, locale, said), (counted,))


def offer(
    *,
    title: str,
    value: str | None,
    locale: str,
    design: Design,
    member: str | None,
    fields: Iterable[Field],
    expires: datetime | None,
    alt: str | None,
) -> Shown:
    """Return what an offer shows: what a plain card does, and a picture that says its title and value."""
    shown = generic(
        title=title, value=value, locale=locale, design=design, member=member, fields=fields, expires=expires
    )
    said = (title if value is None else f"{title}: {value}") if alt is None else alt
    return shown._replace(strip=_strip(design, locale, said))


def generic(
    *,
    title: str,
    value: str | None,
    locale: str,
    design: Design,
    member: str | None,
    fields: Iterable[Field],
    expires: datetime | None,
) -> Shown:
    """Return what a plain card shows: its title, or a value with the title over it; who holds it; until when."""
    findings, given = _found("face", locale, design, fields, expires)
    if value is not None:
        findings.text("value", value, limit=64)
    findings.finish()
    book = _book(locale)
    own = [
        Field.front("title", "" if value is None else title, title if value is None else value, slot="primary"),
        *given,
        *_member(member, book),
        *_valid_until(expires, book),
    ]
    return Shown(_labelled(own, book))


def event(
    *,
    title: str,
    locale: str,
    design: Design,
    occasion: Occasion,
    member: str | None,
    fields: Iterable[Field],
    expires: datetime | None,
) -> Shown:
    """Return what a ticket shows: what, when and where it admits, and whom."""
    findings, given = _found("event", locale, design, fields, expires)
    if not isinstance(occasion, Occasion):
        findings.add("face.occasion", "occasion", f"got {quoted(occasion)}, need Occasion", "pass Occasion(starts=...)")
    findings.finish()
    book = _book(locale)
    starts = book.moment(occasion.starts, today=date.min)
    own = [
        Field.front("title", "", title, slot="primary"),
        Field.front("when", book.say("when_label"), starts),
    ]
    if occasion.doors is not None:
        doors = book.moment(occasion.doors, today=occasion.starts.date())
        own.append(Field.front("doors", book.say("doors_label"), doors))
    if occasion.venue is not None:
        own.append(Field.front("where", book.say("where_label"), occasion.venue, slot="auxiliary"))
    own += [*_member(member, book), *given]
    if occasion.venue is not None and occasion.address is not None:
        own.append(Field.back("address", occasion.venue, occasion.address))
    return Shown(_labelled(own, book))


def _book(locale: str) -> PhraseBook:
    from walletcard.words import phrase_book  # The other way up: money and dates are written by words.

    return phrase_book(locale)


def _found(
    where: str, locale: object, design: object, fields: Iterable[Field], expires: object
) -> tuple[Findings, tuple[Field, ...]]:
    """Check what is needed before anything is put into words; return the fields, gone through once."""
    findings = Findings(where)
    given: Any = as_tuple(fields)
    findings.entries("fields", given, Field)
    findings.locale("locale", locale)
    if expires is not None:
        findings.moment("expires", expires)
    if not isinstance(design, Design):
        findings.add("face.design", "design", f"got {quoted(design)}, need a Design", "pass Design(...)")
    return findings, given


def _check_money(findings: Findings, balance: object, value: object) -> None:
    if not isinstance(balance, Money):
        findings.add("gift.balance", "balance", f"got {quoted(balance)}, need Money", 'pass Money(6000, "GBP")')
    elif isinstance(value, Money) and (value.currency != balance.currency or value.minor < balance.minor):
        hint = "give what it was worth when it was bought, in the same currency"
        findings.add("gift.value", "value", "not the money that the balance is left of", hint)
    if value is not None and not isinstance(value, Money):
        findings.add("gift.value", "value", f"got {quoted(value)}, need Money", 'pass Money(6000, "GBP")')


def _member(member: str | None, book: PhraseBook) -> list[Field]:
    return [] if member is None else [Field.front("member", book.say("member_label"), member, slot="auxiliary")]


def _valid_until(expires: datetime | None, book: PhraseBook) -> list[Field]:
    """Return the last day; the first instant of a day is the end of the day before."""
    if expires is None:
        return []
    # Through UTC: where the clocks skip midnight, a moment before it is on the day before all the same.
    day = (expires.astimezone(UTC) - timedelta(microseconds=1)).astimezone(expires.tzinfo).date()
    return [Field.front("valid_until", book.say("valid_label"), book.day(day), slot="auxiliary")]


def _strip(design: Design, locale: str, said: str) -> StripSpec:
    return replace(design.strip(direction=direction_of(locale)), alt=said)


def _labelled(fields: Iterable[Field], book: PhraseBook) -> tuple[Field, ...]:
    """Return the fields with upper-case labels, where a front shows one and the user gave none."""
    return tuple(_upper_on_front(field, book.upper(field.label)) for field in fields)


def _upper_on_front(field: Field, upper: str) -> Field:
    if field.slot == "back" or field.front_label is not None or upper in ("", field.label):
        return field
    return replace(field, front_label=upper)
