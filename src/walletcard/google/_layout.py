"""A face's fields in, their places on a Google card out: rows on the front, texts below them.

Apple's front is the measure: a field that stands there stands in a row here, unless a balance or the holder's name
says the same already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from walletcard.google._values import is_shortened
from walletcard.model import Balance, Face, Field

BALANCE_PATHS: Final = ("object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance")
_FRONT: Final = (("header", "primary", "secondary"), ("auxiliary",))
_MEMBER: Final = "member"  # The key of the field that holds the card holder's name.
_MAX_ROWS: Final = 3
_MAX_COLUMNS: Final = 3
_COLUMNS: Final = {
    1: ("oneItem", ("item",)),
    2: ("twoItems", ("startItem", "endItem")),
    3: ("threeItems", ("startItem", "middleItem", "endItem")),
}

Row = tuple[str, ...]
Module = tuple[str, str, str]


class Layout(NamedTuple):
    """Where everything goes.

    Attributes:
        rows: The front, each row a few paths such as ``object.loyaltyPoints.balance``.
        shared: Id, label and text of what every card of the programme says.
        own: The same of what this card alone says.
        member_label: The label over the holder's name; ``None`` for Google's own.
    """

    rows: tuple[Row, ...]
    shared: tuple[Module, ...]
    own: tuple[Module, ...]
    member_label: str | None


def layout(face: Face) -> Layout:
    """Lay a face out."""
    balances = {(one.label, one.text): one for one in face.balances}
    rows: list[Row] = [BALANCE_PATHS[: len(face.balances)]] if face.balances else []
    fronts: dict[str, list[str]] = {}
    shared: list[Module] = []
    own: list[Module] = []
    member_label = None
    for field in face.fields:
        front = field.slot != "back"
        if field.key == _MEMBER:
            member_label = field.label or None
            if field.value == face.member:
                if front:
                    fronts.setdefault(field.slot, []).append("object.accountName")
                continue
        if not field.value:  # A text module of nothing: Google shows no row for it.
            continue
        balance = balances.get((field.label, field.value)) if front else None
        if balance is not None and not is_shortened(balance):
            continue
        (shared if field.shared else own).append((field.key, field.label, field.value))
        if balance is not None:
            del balances[balance.label, balance.text]
        elif front:
            fronts.setdefault(field.slot, []).append(_path(field))
    own.extend(_full_texts(face, balances.values()))
    for slots in _FRONT:
        rows.extend(_chunks([path for slot in slots for path in fronts.get(slot, ())]))
    return Layout(tuple(rows[:_MAX_ROWS]), tuple(shared), tuple(own), member_label)


def template(rows: tuple[Row, ...]) -> dict[str, Any]:
    """Return the ``ClassTemplateInfo`` that shows ``rows`` on the front."""
    return {"cardTemplateOverride": {"cardRowTemplateInfos": [_row(row) for row in rows]}}


def _row(row: Row) -> dict[str, Any]:
    variant, places = _COLUMNS[len(row)]
    items = ({"firstValue": {"fields": [{"fieldPath": path}]}} for path in row)
    return {variant: dict(zip(places, items, strict=True))}


def _path(field: Field) -> str:
    return f"{'class' if field.shared else 'object'}.textModulesData['{field.key}']"


def _full_texts(face: Face, balances: Iterable[Balance]) -> Iterator[Module]:
    """Yield the whole text of each balance that is shortened and that no field spells out."""
    taken = {field.key for field in face.fields}
    for number, balance in enumerate(balances, start=1):
        if is_shortened(balance):
            key = f"balance-{number}"
            while key in taken:
                key += "_"
            yield key, balance.label, balance.text


def _chunks(paths: list[str]) -> Iterator[Row]:
    for start in range(0, len(paths), _MAX_COLUMNS):
        yield tuple(paths[start : start + _MAX_COLUMNS])
