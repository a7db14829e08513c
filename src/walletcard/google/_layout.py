"""A face's fields in, their places on a Google card out: rows on the front, texts below them.

Apple's front is the measure: a field that stands there stands in a row here, unless Google's own places - a balance,
the holder's name, the level - say the same already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from walletcard.google._values import is_shortened
from walletcard.model import Balance, Face, Money, Shared

_FRONT: Final = (("header", "primary", "secondary"), ("auxiliary",))
_MEMBER: Final = "member"  # The key of the field that holds the card holder's name.
_TIER: Final = "tier"  # The key of the field that names the level.
_MAX_ROWS: Final = 3
_MAX_COLUMNS: Final = 3
_COLUMNS: Final = {
    1: ("oneItem", ("item",)),
    2: ("twoItems", ("startItem", "endItem")),
    3: ("threeItems", ("startItem", "middleItem", "endItem")),
}

Item = tuple[str, ...]
"""Paths; Google shows the first that leads to something."""

Row = tuple[Item, ...]
Module = tuple[str, str, str]
Label = tuple[str, str]


class Places(NamedTuple):
    """The places that one kind of card has of its own, besides text modules.

    Attributes:
        balances: Where the balances go; one path each.
        money: They hold money and nothing else.
        in_header: They stand above the rows by themselves.
        member: Where the holder's name goes; ``None`` when there is no such place.
        tier: Where the level goes, alike.
        head: What the card's head says already: ``title``, or ``primary`` for the one field in large letters.
        venue: The class says where the event is, its address included.
    """

    balances: tuple[str, ...] = ()
    money: bool = False
    in_header: bool = False
    member: str | None = None
    tier: str | None = None
    head: str = ""
    venue: bool = False


class Layout(NamedTuple):
    """Where everything goes.

    Attributes:
        rows: The front, each row a few items.
        balances: Those that have a place of their own.
        shared: Id, label and text of what every card of the programme says; only where the face speaks for all.
        own: The same of what this card alone says.
        spelled: Ids in ``own`` that are no field's, each with the number of the balance that it spells out.
        member_label: The label over the holder's name; ``None`` for Google's own.
        tier: The label and the name of the level that the card's class is for; ``None`` for none.
    """

    rows: tuple[Row, ...]
    balances: tuple[Balance, ...]
    shared: tuple[Module, ...]
    own: tuple[Module, ...]
    spelled: tuple[tuple[str, int], ...] = ()
    member_label: str | None = None
    tier: Label | None = None

    def spoken(self, other: Face) -> Layout:
        """Return the same places with the texts of the same card's face in another language."""
        fields = {one.key: (one.key, one.label, one.value) for one in other.fields}
        for key, number in self.spelled:
            fields[key] = (key, other.balances[number].label, other.balances[number].text)
        return self._replace(
            balances=other.balances[: len(self.balances)],
            shared=tuple(fields[key] for key, *_ in self.shared),
            own=tuple(fields[key] for key, *_ in self.own),
            member_label=None if self.member_label is None else fields[_MEMBER][1] or None,
            tier=None if self.tier is None else fields[_TIER][1:],
        )


def layout(face: Face, places: Places) -> Layout:
    """Lay a face out."""
    taken = face.balances[: len(places.balances)]
    if places.money:
        taken = tuple(one for one in taken if isinstance(one.amount, Money))
    known = {(one.label, one.text): one for one in taken}
    fronts: dict[str, list[Item]] = {}
    shared: list[Module] = []
    own: list[Module] = []
    member_label = tier = None
    head = next(iter(face.in_slot("primary")), None) if places.head == "primary" else None
    for field in face.fields:
        front = field.slot != "back"
        path = None
        if field.key == _MEMBER and places.member is not None:
            member_label = field.label or None
            path = places.member if field.value == face.member else None
        elif field.key == _TIER and places.tier is not None and face.tier is not None and field.value:
            tier, path = (field.label, field.value), places.tier
        if path is not None:
            if front:
                fronts.setdefault(field.slot, []).append((path,))
            continue
        if not field.value:  # A text module of nothing: Google shows no row for it.
            continue
        if places.venue and face.occasion is not None and field.slot == "back" and field.value == face.occasion.address:
            continue
        if field is head or (places.head == "title" and field.slot == "primary" and field.value == face.title):
            continue
        balance = known.get((field.label, field.value)) if front else None
        if balance is not None and not is_shortened(balance):
            continue
        (shared if field.shared else own).append((field.key, field.label, field.value))
        if balance is not None:
            del known[balance.label, balance.text]
        elif front:
            fronts.setdefault(field.slot, []).append((_path(field.key, shared=field.shared),))
    spelled = tuple(_spelled(face, [one for one in known.values() if is_shortened(one)], taken))
    own.extend((key, face.balances[number].label, face.balances[number].text) for key, number in spelled)
    rows = [*_counted(places, len(taken))]
    if face.shared:
        rows += _rows_of(face.shared[0], places)
    else:
        for slots in _FRONT:
            rows.extend(_chunks([item for slot in slots for item in fronts.get(slot, ())]))
    return Layout(tuple(rows[:_MAX_ROWS]), taken, tuple(shared), tuple(own), spelled, member_label, tier)


def _counted(places: Places, count: int) -> Iterator[Row]:
    """Yield the row of the balances that have a place of their own below the head."""
    if count and not places.in_header:
        yield tuple((path,) for path in places.balances[:count])


def _rows_of(shared: Shared, places: Places) -> Iterator[Row]:
    """Yield the rows that all cards of a programme share, whatever one of them shows."""
    known = {one.key for one in shared.fields}
    own = {_MEMBER: places.member, _TIER: places.tier if shared.tier is not None else None}
    for row in shared.rows:
        yield tuple(tuple(own.get(key) or _path(key, shared=key in known) for key in item) for item in row)


def template(rows: tuple[Row, ...]) -> dict[str, Any]:
    """Return the ``ClassTemplateInfo`` that shows ``rows`` on the front."""
    return {"cardTemplateOverride": {"cardRowTemplateInfos": [_row(row) for row in rows]}}


def _row(row: Row) -> dict[str, Any]:
    variant, places = _COLUMNS[len(row)]
    items = ({"firstValue": {"fields": [{"fieldPath": path} for path in item]}} for item in row)
    return {variant: dict(zip(places, items, strict=True))}


def _path(key: str, *, shared: bool) -> str:
    return f"{'class' if shared else 'object'}.textModulesData['{key}']"


def _spelled(face: Face, shortened: list[Balance], taken: tuple[Balance, ...]) -> Iterator[tuple[str, int]]:
    """Yield an id and a number for each balance that no place and no field shows whole."""
    keys = {field.key for field in face.fields}
    said = {(field.label, field.value) for field in face.fields}
    for number, balance in enumerate(face.balances):
        if balance in shortened or (balance not in taken and (balance.label, balance.text) not in said):
            key = f"balance-{number + 1}"
            while key in keys:
                key += "_"
            yield key, number


def _chunks(items: list[Item]) -> Iterator[Row]:
    for start in range(0, len(items), _MAX_COLUMNS):
        yield tuple(items[start : start + _MAX_COLUMNS])
