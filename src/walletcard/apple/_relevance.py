"""When and where a phone brings a pass up by itself, judged: places, beacons and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from walletcard.apple import _rules as rules
from walletcard.apple._kinds import is_date
from walletcard.apple._notes import OBJECT, Notes

_LONGEST: Final = timedelta(hours=rules.MAX_RELEVANT_HOURS)


def lint_relevance(notes: Notes, document: Mapping[str, Any]) -> None:
    """Judge what decides about the lock screen; the entries by themselves are judged by their tables."""
    there = [key for key in rules.RELEVANCE if document.get(key)]
    if not document.get("locations"):
        if there and rules.PLACE_STYLES.intersection(document):
            hint = "add locations: with this style they are what counts"
            notes.add("place.missing", "locations", f"missing beside {there[0]}", hint, "warning")
        if "maxDistance" in document:
            notes.add("place.distance", "maxDistance", "no locations to measure from", "add locations", "note")
    beacons = document.get("beacons")
    if isinstance(beacons, (list, tuple)):
        found = {str(one.get("proximityUUID")).upper() for one in beacons if isinstance(one, OBJECT)}
        if len(found) > rules.MAX_BEACONS:
            message, hint = (
                f"{len(found)} different UUIDs, iOS uses {rules.MAX_BEACONS}",
                "vary major and minor instead",
            )
            notes.add("beacon.count", "beacons", message, hint, "warning")
    dates = document.get("relevantDates")
    if isinstance(dates, (list, tuple)):
        for number, entry in enumerate(dates):
            if isinstance(entry, OBJECT):
                _interval(notes, entry, f"relevantDates[{number}]")


def _interval(notes: Notes, entry: Mapping[str, Any], place: str) -> None:
    single = {"date", "relevantDate"}.intersection(entry)
    ends = {"startDate", "endDate"}.intersection(entry)
    if len(ends) == 1 or not (single or ends):
        hint = "give startDate and endDate, or date"
        notes.add("relevant.dates", place, "half an interval" if ends else "no date", hint, "warning")
    elif single and ends:
        notes.add("relevant.dates", place, "a date and an interval", "make them two entries", "warning")
    elif len(single) == 1:
        missing = ({"date", "relevantDate"} - single).pop()
        system = 18 if missing == "relevantDate" else 26
        notes.add("relevant.both", f"{place}.{missing}", f"iOS {system} reads this key", "give both, alike", "note")
    elif single and entry["date"] != entry["relevantDate"]:
        notes.add("relevant.both", place, "date and relevantDate differ", "give both, alike", "note")
    elif ends and is_date(entry["startDate"]) and is_date(entry["endDate"]):
        first, last = (datetime.fromisoformat(entry[key]) for key in ("startDate", "endDate"))
        if last <= first:
            notes.add("relevant.order", f"{place}.endDate", "not after startDate", "swap the two", "warning")
        elif last - first > _LONGEST:
            message = f"over {rules.MAX_RELEVANT_HOURS} hours after startDate"
            notes.add("relevant.length", f"{place}.endDate", message, "split it by days", "warning")
