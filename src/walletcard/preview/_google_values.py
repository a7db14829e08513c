"""A field reference of a class template in, the label and the value that it stands for out.

https://developers.google.com/wallet/retail/loyalty-cards/resources/template
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

Json = Mapping[str, Any]

_MODULE: Final = re.compile(r"(object|class)\.textModulesData\['([^']+)'\]")
# Where the label of a value stands that is no balance; a balance has it beside itself.
_LABELS: Final = {
    "object.accountId": "class.accountIdLabel",
    "object.accountName": "class.accountNameLabel",
    "class.rewardsTier": "class.rewardsTierLabel",
    "class.secondaryRewardsTier": "class.secondaryRewardsTierLabel",
}


class Shown(NamedTuple):
    """A label, at times empty, and its value."""

    label: str
    value: str


def shown(documents: Mapping[str, Json], path: str) -> Shown | None:
    """Return what ``path`` stands for; ``None`` when there is nothing to show.

    Args:
        documents: The ``class`` and the ``object``.
        path: Such as ``object.loyaltyPoints.balance`` or ``object.textModulesData['reward']``.
    """
    if module := _MODULE.fullmatch(path):
        texts = documents[module[1]].get("textModulesData", [])
        return next(
            (Shown(text.get("header", ""), text["body"]) for text in texts if text.get("id") == module[2]), None
        )
    value = _walk(documents, path)
    if isinstance(value, Mapping):
        return Shown(_text(_walk(documents, f"{path.rpartition('.')[0]}.label")), balance(value))
    return Shown(_text(_walk(documents, _LABELS.get(path, ""))), _text(value)) if value else None


def item(documents: Mapping[str, Json], template: Json) -> Shown | None:
    """Return a template item: one value, or two as *A / B*, labels alike."""
    found = [_first(documents, template[name]) for name in ("firstValue", "secondValue") if name in template]
    parts = [one for one in found if one]
    if not parts:
        return None
    return Shown(" / ".join(one.label for one in parts if one.label), " / ".join(one.value for one in parts))


def balance(value: Json) -> str:
    """Return a balance as text: a text, a number or money, whichever it holds."""
    if money := value if "micros" in value else value.get("money"):
        return f"{int(money['micros']) / 1_000_000:,.2f} {money['currencyCode']}"
    return next((str(value[kind]) for kind in ("string", "int", "double") if kind in value), "")


def words(localized: Json | None) -> str:
    """Return the default text of a localised one; empty when absent."""
    return str(localized["defaultValue"]["value"]) if localized else ""


def _first(documents: Mapping[str, Json], selector: Json) -> Shown | None:
    references: Sequence[Json] = selector.get("fields", [])
    found = (shown(documents, reference["fieldPath"]) for reference in references)
    return next((one for one in found if one), None)


def _walk(documents: Mapping[str, Json], path: str) -> Any:
    """Follow a dotted path; ``None`` when it leads nowhere."""
    place: Any = documents
    for name in path.split("."):
        place = place.get(name) if isinstance(place, Mapping) else None
    return place


def _text(value: object) -> str:
    return "" if value is None else str(value)
