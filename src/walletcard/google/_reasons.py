"""What Google's refusals mean, and what to do about each: by status and reason, as a table.

https://developers.google.com/wallet/retail/loyalty-cards/resources/error-codes
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """What a refusal is called, and what its reader can do."""

    code: str
    hint: str


PACED: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
"""Reasons of a 403 that mean what a 429 means: try again a little later."""

SPENT: Final = frozenset({"QuotaExceededException", "dailyLimitExceeded", "quotaExceeded"})
"""Reasons that no waiting of seconds mends: a day's share is used up."""

_APPROVED: Final = "what Google has approved stays: make a class under a new id"
_INVITE: Final = "invite the client_email in the Wallet console, or check the issuer id"
_LOGIN: Final = "make a new key, or set this computer's clock"
_OFF: Final = "turn the Google Wallet API on in the Cloud project of the service account"

# A reason is Google's word, or its details' word, or the status' name; the first that is known holds.
_MEANINGS: Final[Mapping[tuple[int, str], Meaning]] = {
    (400, "invalid_grant"): Meaning("login.refused", _LOGIN),
    (400, "invalid_scope"): Meaning("login.refused", _LOGIN),
    (401, "invalid_client"): Meaning("login.refused", _LOGIN),
    (403, "SERVICE_DISABLED"): Meaning("google.permission", _OFF),
    (403, "accessNotConfigured"): Meaning("google.permission", _OFF),
    (403, "insufficientPermissions"): Meaning("google.permission", "log in with the wallet_object.issuer scope"),
}
_BY_STATUS: Final[Mapping[int, Meaning]] = {
    400: Meaning("google.invalid", "correct what Google names"),
    401: Meaning("google.login", "check the key and this computer's clock"),
    403: Meaning("google.permission", _INVITE),
    404: Meaning("google.missing", "put it first: a class before its objects"),
    409: Meaning("google.conflict", "the id is taken, perhaps by another type of card: choose another"),
    412: Meaning("google.conflict", "get it and try again"),
    413: Meaning("google.invalid", "send less at once"),
    429: Meaning("google.rate", "try again later"),
}
_QUOTA: Final = Meaning("google.quota", "Google is heard 3 times a day per card: send without notifying, or tomorrow")
_OTHER: Final = Meaning("google.invalid", "look the reason up in Google's reference")
_DOWN: Final = Meaning("google.unavailable", "try again later")

# Words of Google's message, or a field that it names. They choose a hint alone, never the class or the code.
_WORDS: Final = (
    ("unknown name", "the name is spelt otherwise or stands elsewhere: google.lint shows where"),
    ("cannot be changed", _APPROVED),
    ("immutable", _APPROVED),
    ("reviewstatus", "send reviewStatus UNDER_REVIEW; APPROVED is Google's own answer"),
    ("image", "Google loads pictures at once: their https address must be open to all"),
    ("issuer id", "copy the issuer id from the Wallet console; client_id is another number"),
    ("resource id", "write issuer.suffix with the console's issuer id; its class must be there"),
    ("merchant location", "Google allows merchantLocations to some issuers only: leave it out"),
)


def meaning_of(status: int, reasons: tuple[str, ...], said: str) -> Meaning:
    """Return what a refusal means.

    Args:
        status: The HTTP status.
        reasons: Google's words for it, the most telling first.
        said: Google's message and the fields that it names.
    """
    if SPENT.intersection(reasons):
        return _QUOTA
    for reason in reasons:
        if found := _MEANINGS.get((status, reason)):
            return found
    if status >= 500:
        return _DOWN
    found = _BY_STATUS.get(status, _OTHER)
    if status == 400:
        words = said.lower()
        hint = next((hint for word, hint in _WORDS if word in words), found.hint)
        return Meaning(found.code, hint)
    return found
