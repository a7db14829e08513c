"""Checks of plain values, gathered: a value reports everything that is wrong with it, not only the first thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from difflib import get_close_matches
from typing import Any, Final

from walletcard.errors import InvalidCardError, Issue, quoted

ID_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID_CHARACTERS: Final = re.compile(r"[A-Za-z0-9_-]")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_MOST: Final = 2**63
_LONGEST_WORD: Final = 100
_MILLISECONDS: Final = 10**11  # As seconds, the year 5138.
_EARLIEST, _LATEST = 2000, 2100  # Years outside are slips of a unit, not dates of a loyalty card.


def nearest(word: object, known: Collection[str]) -> str:
    """Return ``did you mean "x"?``, or an empty text when nothing known is near."""
    near = isinstance(word, str) and len(word) <= _LONGEST_WORD  # Looking takes long, and a slip is short.
    found = get_close_matches(str(word), known, n=1) if near else []
    return f'did you mean "{found[0]}"?' if found else ""


class Findings:
    """What is wrong with one value; raised together by `finish`."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.issues: list[Issue] = []

    def add(self, code: str, name: str, message: str, hint: str) -> None:
        """Note one problem with the attribute ``name``."""
        place = f"{self.where}{'' if name.startswith('[') or not name else '.'}{name}"
        self.issues.append(Issue(code=code, where=place, message=message, hint=hint))

    def finish(self) -> None:
        """Raise `InvalidCardError` if anything was found."""
        if self.issues:
            raise InvalidCardError.from_issues(self.issues)

    def whole(
        self, name: str, value: object, low: int, high: int, *, code: str = "number.range", hint: str = ""
    ) -> bool:
        """Check for a whole number from ``low`` to ``high``; a bool is none, nor is 10.0."""
        if type(value) is not int:
            also = "; use 1 if you meant one" if value is True else ""
            self.add("number.type", name, f"got {quoted(value)}, need a whole number", f"give {low} to {high:_}{also}")
            return False
        if not low <= value <= high:
            side = "below" if value < low else "over"
            limit = low if value < low else high
            self.add(code, name, f"{quoted(value)} is {side} {limit:_}", hint or f"use {low} to {high:_}")
            return False
        return True

    def optional_whole(self, name: str, value: object, low: int, high: int) -> bool:
        """Check for ``None`` or a whole number from ``low`` to ``high``."""
        return value is None or self.whole(name, value, low, high)

    def flag(self, name: str, value: object) -> bool:
        """Check for ``True`` or ``False``."""
        if type(value) is bool:
            return True
        self.add("flag.type", name, f"got {quoted(value)}, need True or False", "use True or False")
        return False

    def text(self, name: str, value: object, *, limit: int, empty: bool = False, lines: bool = False) -> bool:
        """Check for printable text of at most ``limit`` characters; ``lines`` allows line breaks."""
        if type(value) is str and len(value) <= limit and value.isprintable() and (empty or value.strip()):
            return True
        if value is None or (isinstance(value, str) and not empty and not value.strip()):
            self.add("text.empty", name, "missing" if value is None else "empty", "give a text a customer will know")
            return False
        if not isinstance(value, str):
            self.add("text.type", name, f"got {quoted(value)}, need text", "put it in quotes")
            return False
        if len(value) > limit:
            self.add("text.length", name, f"{len(value)} characters, over {limit}", "shorten it")
            return False
        return self._characters(name, value, lines=lines)

    def _characters(self, name: str, value: str, *, lines: bool) -> bool:
        if value.isprintable():
            return True
        for position, character in enumerate(value):
            point = ord(character)
            if 0xD800 <= point <= 0xDFFF:
                message = f"holds half a character (U+{point:04X}) at position {position}"
                self.add("text.surrogate", name, message, "read the source as UTF-8 again")
                return False
            if (point < 0x20 or 0x7F <= point < 0xA0) and not (lines and character in "\n\t"):
                message = f"control character U+{point:04X} at position {position}"
                self.add("text.control", name, message, "remove it")
                return False
        return True

    def identifier(self, name: str, value: object) -> bool:
        """Check for an id, ``[A-Za-z0-9_-]{1,64}``; ids are never rewritten."""
        if not isinstance(value, str):
            self.add("id.type", name, f"got {quoted(value)}, need text", "put it in quotes")
        elif ID_PATTERN.fullmatch(value):
            return True
        elif not value or len(value) > 64:
            self.add("id.length", name, f"{len(value)} characters, need 1 to 64", "use A-Z a-z 0-9 _ -")
        else:
            bad = next(i for i, character in enumerate(value) if not _ID_CHARACTERS.match(character))
            message = f"{quoted(value[bad])} is not allowed (position {bad})"
            self.add("id.characters", name, message, "use A-Z a-z 0-9 _ -")
        return False

    def locale(self, name: str, value: object) -> bool:
        """Check for the shape of a language code such as ``en-GB``, ``he`` or ``zh-Hans``."""
        if isinstance(value, str) and _LOCALE.fullmatch(value):
            return True
        self.add("locale.unknown", name, f"{quoted(value)} is not a language code", "use codes such as en-GB or he")
        return False

    def choice(
        self,
        name: str,
        value: object,
        known: Collection[str],
        *,
        code: str,
        meant: Mapping[str, str] | None = None,
        otherwise: str = "",
    ) -> bool:
        """Check for one of ``known``; the nearest known one is named, or the one that ``meant`` has for the word.

        Where none is near, ``otherwise`` says what to do; all that are known, when it is empty.
        """
        if isinstance(value, str) and value in known:
            return True
        word = value.casefold() if isinstance(value, str) else ""
        begun = [meant[word]] if meant and word in meant else [one for one in sorted(known) if word.startswith(one)]
        hint = f'did you mean "{begun[0]}"?' if begun else nearest(value, known)
        self.add(code, name, f"{quoted(value)} is unknown", hint or otherwise or f"use {', '.join(sorted(known))}")
        return False

    def moment(self, name: str, value: object) -> bool:
        """Check for a point in time that carries its zone, within 2000 to 2100.

        An hour that the clocks strike twice is the first of the two, or the second with ``fold=1``, as Python has it.
        """
        if not isinstance(value, datetime):
            self.add("time.type", name, f"got {quoted(value)}, need a datetime", _datetime_of(value))
        elif value.utcoffset() is None:
            self.add("time.naive", name, "no time zone", 'add one, e.g. tzinfo=ZoneInfo("Europe/London")')
        elif not _EARLIEST <= value.year < _LATEST:
            self.add("time.range", name, f"year {value.year}", "use a date from 2000 to 2099")
        elif (value.utcoffset() or timedelta()) % timedelta(minutes=1):
            self.add("time.offset", name, f"offset {value.utcoffset()} has seconds", "use whole minutes")
        elif (later := _after_gap(value)) is not None:
            zone = getattr(value.tzinfo, "key", None)
            place = "there" if zone is None else f"in {quoted(zone)}"
            message = f"{value:%H:%M} on {value:%Y-%m-%d} does not exist {place}: the clocks skip it"
            same_day = later.date() == value.date()
            self.add("time.gap", name, message, f"use {later:%H:%M}" if same_day else f"use {later:%Y-%m-%d %H:%M}")
        else:
            return True
        return False

    def entries(self, name: str, value: object, kind: type) -> bool:
        """Check for a tuple of ``kind``; each entry that is none is named."""
        if not isinstance(value, tuple):
            self.add("list.type", name, f"got {quoted(value)}, need a tuple", f"pass ({kind.__name__}(...), ...)")
            return False
        if all(isinstance(one, kind) for one in value):
            return True
        wrong = [place for place, one in enumerate(value) if not isinstance(one, kind)]
        for place in wrong:
            message = f"got {quoted(value[place])}, need {kind.__name__}"
            self.add("list.entry", f"{name}[{place}]", message, f"pass {kind.__name__}(...)")
        return False


def as_tuple(value: object) -> Any:
    """Return a list or other iterable as a tuple; a text, a mapping and what cannot be iterated as they are."""
    if type(value) is tuple:
        return value
    if isinstance(value, (str, bytes, bytearray, memoryview, Mapping)) or not isinstance(value, Iterable):
        return value
    return tuple(value)


def fixed(at: datetime) -> datetime:
    """Return the same moment under a fixed offset.

    Two moments that share one time zone compare by their wall clocks, wrongly in the hour that clocks repeat; under
    fixed offsets they compare by when they happened, and come back equal from JSON. A time that clocks skip is none:
    it stays as it is, for `Findings.moment` to refuse.
    """
    offset = at.utcoffset()
    return at if offset is None or _after_gap(at) else at.replace(tzinfo=timezone(offset), fold=0)


def _datetime_of(value: object) -> str:
    """Return how to make a datetime of what was given instead."""
    if isinstance(value, date):
        return "a date alone has no time of day"
    if isinstance(value, str):
        return "parse it: datetime.fromisoformat, with a time zone"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        parsed = "use datetime.fromtimestamp(seconds, tz=...)"
        return f"looks like milliseconds: divide by 1000 and {parsed}" if abs(value) >= _MILLISECONDS else parsed
    return "pass a datetime"


def _after_gap(at: datetime) -> datetime | None:
    """Return what clocks show instead of a time that they skip; ``None`` where they show it."""
    if not _EARLIEST <= at.year < _LATEST:
        return None
    shown = at.replace(fold=0).astimezone(UTC).astimezone(at.tzinfo)
    return None if shown.replace(tzinfo=None) == at.replace(tzinfo=None) else shown


def require(value: object, kind: type, where: str) -> None:
    """Raise `InvalidCardError` unless ``value`` is a ``kind``: the leading values of every verb."""
    if not isinstance(value, kind):
        message = f"got {quoted(value)}, need {kind.__name__}"
        hint = instead(value, kind) or f"pass {with_article(kind.__name__)}"
        raise InvalidCardError.from_issues([Issue(code="value.type", where=where, message=message, hint=hint)])


def with_article(noun: str) -> str:
    """Return a noun with its article."""
    return f"{'an' if noun[:1] in 'AEIOaeio' else 'a'} {noun}"


def instead(value: object, kind: type) -> str:
    """Return the way from what was given to a ``kind``, where it holds one; an empty string where it does not."""
    if isinstance(value, tuple) and any(isinstance(one, kind) for one in value):
        return f"take it out of the tuple, as in {kind.__name__.lower()}, outcome = wc.apply(...)"
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value[:100]).decode("utf-8", "ignore").removeprefix("\ufeff")
    if isinstance(value, str) and value.lstrip().startswith("{") and hasattr(kind, "from_json"):
        return f"read it with {kind.__name__}.from_json(...)"
    return ""


def require_day(value: object, where: str = "day") -> None:
    """Raise `InvalidCardError` unless ``value`` is a day: a date without a time."""
    if type(value) is date:
        return
    if not isinstance(value, date) or isinstance(value, datetime):
        issue = Issue(code="time.type", where=where, message=f"got {quoted(value)}, need a date", hint="pass a date")
        raise InvalidCardError.from_issues([issue])


def require_flag(value: object, where: str) -> None:
    """Raise `InvalidCardError` unless ``value`` is ``True`` or ``False``: what is only like one may be a slip."""
    if type(value) is not bool:
        findings = Findings(where)
        findings.flag("", value)
        findings.finish()


def require_many(value: object, where: str, kind: type) -> tuple[Any, ...]:
    """Return what can be gone through as a tuple.

    Raises:
        InvalidCardError: It is something else, or one of its entries is not a ``kind``.
    """
    found = as_tuple(value)
    findings = Findings(where)
    findings.entries("", found, kind)
    findings.finish()
    return tuple(found)


def require_whole(value: object, where: str) -> None:
    """Raise `InvalidCardError` unless ``value`` is a whole number that a text can show: under 2**63."""
    if type(value) is not int or not -_MOST < value < _MOST:
        message = f"got {quoted(value)}, need a whole number"
        issue = Issue(code="number.type", where=where, message=message, hint="pass a whole number under 2**63")
        raise InvalidCardError.from_issues([issue])


def require_moment(value: object, where: str = "at") -> None:
    """Raise `InvalidCardError` unless ``value`` is an aware datetime: the ``at`` of every verb."""
    if type(value) is datetime and value.tzinfo is UTC and _EARLIEST <= value.year < _LATEST:
        return  # What `_clock` gives, at every link: UTC skips no hour.
    findings = Findings(where)
    findings.moment("", value)
    findings.finish()
