"""The style of a pass and its fields.

The severity is iOS's own, and it surprises: what is only logged on the back refuses the whole pass on the front.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from walletcard.apple import _rules as rules
from walletcard.apple._kinds import is_date, is_number
from walletcard.apple._notes import OBJECT, Notes, shown
from walletcard.apple._rule import Table
from walletcard.errors import Severity, quoted
from walletcard.model._checks import nearest

_MARKUP: Final = re.compile(r"<(?!/?a[ >])/?[A-Za-z][^<>]*>", re.IGNORECASE)
_BACK_ONLY: Final = ("attributedValue", "dataDetectorTypes")
_UNALIGNED: Final = ("primaryFields", "backFields")


class Walk(Protocol):
    """Holds the keys of one object against a table."""

    def __call__(
        self, notes: Notes, value: Mapping[str, Any], table: Table, place: str, *, severity: Severity = "error"
    ) -> None: ...


def lint_style(notes: Notes, document: Mapping[str, Any], walk: Walk) -> str | None:
    """Judge the style objects; return the name of the style that older systems show, if there is one."""
    found = [style for style in rules.STYLES if style in document]
    legacy = [style for style in found if style != rules.NEWEST_STYLE]
    if not legacy:
        hint = "add storeCard, or another style"
        notes.add("style.missing", "", f"no style beside {found[0]}" if found else "no style", hint)
    elif len(legacy) > 1:
        notes.add("style.several", legacy[1], f"a second style beside {legacy[0]}", "keep one")
    for style in found:
        if isinstance(document[style], OBJECT):
            _Style(notes, style, walk).judge(document[style])
            if style == "generic" and _has_square_code(document):
                _beside_square(notes, document[style])
        else:
            notes.add("json.type", style, f"{quoted(document[style])} is not an object", "pass a dict of field groups")
    return legacy[0] if legacy else None


def _has_square_code(document: Mapping[str, Any]) -> bool:
    codes = document.get("barcodes")
    return isinstance(codes, (list, tuple)) and any(
        isinstance(one, OBJECT) and one.get("format") in tuple(rules.SQUARE_CODES) for one in codes
    )


def _beside_square(notes: Notes, groups: Mapping[str, Any]) -> None:
    names = ("secondaryFields", "auxiliaryFields")
    count = sum(len(groups[name]) for name in names if isinstance(groups.get(name), (list, tuple)))
    if rules.MOST_BESIDE_SQUARE < count <= rules.STYLES["generic"].most["+".join(names)]:
        message = f"{count} fields, {rules.MOST_BESIDE_SQUARE} are shown beside a square code"
        hint = "move the others to backFields, or use a code of bars"
        notes.add("field.count", f"generic.{' and '.join(names)}", message, hint, "warning")


class _Style:
    """One style object under judgement."""

    def __init__(self, notes: Notes, name: str, walk: Walk) -> None:
        self.notes, self.name, self.walk = notes, name, walk
        self.style = rules.STYLES[name]
        self.seen: dict[str, str] = {}

    def judge(self, groups: Mapping[str, Any]) -> None:
        for group, fields in groups.items():
            place = f"{self.name}.{group}"
            if group == "transitType":
                continue
            if group not in (*rules.FRONT_GROUPS, *rules.BACK_GROUPS):
                known = (*self.style.groups, "transitType")
                hint = nearest(str(group), known) or "remove it"
                place = f"{self.name}.{shown(group)}"
                self.notes.add("json.unknown", place, "no such key; phones ignore it", hint, "warning")
                continue
            if group not in self.style.groups:
                hint = f"move them to {' or '.join(self.style.groups[:2])}"
                self.notes.add("field.group", place, "this style does not show them", hint, "warning")
            if not isinstance(fields, (list, tuple)):
                self.notes.add("json.type", place, "need a list of fields", "pass a list of dicts")
                continue
            for number, field in enumerate(fields):
                self._field(group, field, f"{place}[{number}]")
        self._counts(groups)
        self._rows(groups.get("auxiliaryFields"))
        self._transit(groups.get("transitType"))

    def _field(self, group: str, field: object, place: str) -> None:
        if not isinstance(field, OBJECT):
            self.notes.add("json.type", place, f"{quoted(field)} is not a field", "pass a dict with key and value")
            return
        self.walk(self.notes, field, rules.FIELD, f"{place}.")
        # Front: what iOS calls a warning refuses the pass. Back: it is only logged.
        graded: Severity = "error" if group in rules.FRONT_GROUPS else "warning"
        self._key(field, place, graded)
        if "value" not in field:
            self.notes.add("field.value", f"{place}.value", "missing", "give text or a number", graded)
        else:
            self._formats(field, place, graded)
        self._habits(group, field, place)

    def _key(self, field: Mapping[str, Any], place: str, graded: Severity) -> None:
        key = field.get("key")
        if key is None:
            self.notes.add("field.key", f"{place}.key", "missing", "give the field a name of its own")
        elif isinstance(key, str):
            if key in self.seen:
                message = f"{quoted(key)} is taken by {self.seen[key]}"
                self.notes.add("field.duplicate", f"{place}.key", message, "give each field its own key", graded)
            self.seen.setdefault(key, place)

    def _formats(self, field: Mapping[str, Any], place: str, graded: Severity) -> None:
        value = field["value"]
        dates = [key for key in rules.DATE_KEYS if key in field]
        numbers = [key for key in rules.NUMBER_KEYS if key in field]
        if dates and not is_date(value):
            hint = "remove it, even where it is false, or give a date such as 2026-12-31T23:59:00+01:00"
            self.notes.add("field.date-style", f"{place}.{dates[0]}", "the value is not a date", hint, graded)
        if numbers and not is_number(value):
            hint = "give the value as a number, or remove it"
            self.notes.add("field.number-style", f"{place}.{numbers[0]}", "the value is not a number", hint, graded)
        if dates and numbers:
            message = f"{dates[0]} and {numbers[0]} together"
            self.notes.add("field.two-styles", f"{place}.{numbers[0]}", message, "keep one", graded)
        if len(numbers) == 2:
            message = "numberStyle and currencyCode together"
            self.notes.add("field.two-styles", f"{place}.currencyCode", message, "keep one", graded)

    def _habits(self, group: str, field: Mapping[str, Any], place: str) -> None:
        """Judge what phones take and quietly leave out."""
        change = field.get("changeMessage")
        if isinstance(change, str):
            codes = change.replace("%%", "")
            if codes.count("%@") != 1 or codes.count("%") != 1:
                message, hint = "needs %@ exactly once and no other % code", 'write e.g. "You now have %@ stamps"'
                self.notes.add("field.change", f"{place}.changeMessage", message, hint, "warning")
        if "textAlignment" in field and group in _UNALIGNED:
            message, hint = f"not for {group}", "remove it"
            self.notes.add("field.alignment", f"{place}.textAlignment", message, hint, "warning")
        if group in rules.FRONT_GROUPS:
            for key in _BACK_ONLY:
                if key in field:
                    self.notes.add("field.back-only", f"{place}.{key}", "only the back uses it", "remove it", "note")
        if isinstance(field.get("attributedValue"), str) and (found := _MARKUP.search(field["attributedValue"])):
            hint = 'links are all it understands: <a href="...">'
            self.notes.add(
                "field.markup", f"{place}.attributedValue", f"{quoted(found[0])} is shown as text", hint, "warning"
            )
        if "row" in field and (self.name, group) != ("eventTicket", "auxiliaryFields"):
            hint = "remove it: only an event ticket has a second row, of auxiliary fields"
            self.notes.add("field.row", f"{place}.row", "ignored here", hint, "warning")

    def _counts(self, groups: Mapping[str, Any]) -> None:
        for joined, most in self.style.most.items():
            names = joined.split("+")
            count = sum(len(groups[name]) for name in names if isinstance(groups.get(name), (list, tuple)))
            if count > most:
                message, hint = f"{count} fields, {self.name} shows {most}", "move the others to backFields"
                place = f"{self.name}.{' and '.join(names)}"
                self.notes.add("field.count", place, message, hint, "warning")

    def _rows(self, fields: object) -> None:
        """Judge the two rows that only an event ticket has."""
        if self.name != "eventTicket" or not isinstance(fields, (list, tuple)):
            return
        rows = [one.get("row", 0) for one in fields if isinstance(one, OBJECT)]
        for row in (0, 1):
            if (count := rows.count(row)) > rules.MOST_IN_ROW:
                message, hint = f"{count} fields in row {row}, it shows {rules.MOST_IN_ROW}", "use the other row too"
                self.notes.add("field.count", f"{self.name}.auxiliaryFields", message, hint, "warning")

    def _transit(self, value: object) -> None:
        place = f"{self.name}.transitType"
        if self.name != "boardingPass":
            if value is not None:
                hint = "remove it: only a boarding pass has one"
                self.notes.add("style.transit-type", place, "not for this style", hint, "warning")
        elif not isinstance(value, str) or value not in rules.TRANSIT_TYPES:
            message = "missing" if value is None else f"{quoted(value)} is unknown"
            self.notes.add("style.transit-type", place, message, "use PKTransitTypeGeneric or another")
