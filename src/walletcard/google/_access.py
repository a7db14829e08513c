"""A service account in, access tokens out: one log-in for all threads, ahead of the end of the last one.

https://developers.google.com/identity/protocols/oauth2/service-account
"""

from __future__ import annotations

import re
from concurrent.futures import CancelledError, Future
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.parse import urlencode

from walletcard.errors import BadReplyError, GoogleError, SigningError, UnreachableError
from walletcard.google._answers import date_of, parsed, read
from walletcard.google._budget import Budget, Clock
from walletcard.google._canonical import encoded
from walletcard.google._http import Answer, Request, Transport
from walletcard.google._retry import delay
from walletcard.google._service_account import ServiceAccount

SCOPE: Final = "https://www.googleapis.com/auth/wallet_object.issuer"
WHERE: Final = "Google log-in"
AHEAD: Final = 225.0  # Seconds before its end that a token is replaced, as Google's own libraries do.
_TRY_SECONDS: Final = 5.0  # For a log-in that is not needed yet.
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFETIME: Final = 3_600
_LONGEST: Final = 86_400
_SKEW: Final = 30.0  # Seconds of difference to Google's clock that do not explain a refusal.
_TOKEN: Final = re.compile(r"[!-~]{1,4096}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What opens the door. No text of it shows it.

    Attributes:
        value: The token.
        ends: When it does, in seconds since 1970.
        renew: When to ask for the next one.
    """

    value: str = field(repr=False)
    ends: float
    renew: float


class Access:
    """The access token of the moment. Threads share it, and one of them alone logs in."""

    def __init__(self, account: ServiceAccount, *, transport: Transport, clock: Clock) -> None:
        self._account, self._transport, self._clock = account, transport, clock
        self._lock = Lock()
        self._token: AccessToken | None = None
        self._flight: Future[AccessToken] | None = None
        self._rest = 0.0  # No log-in ahead of time before this moment: the last one failed.
        self._offset = 0.0  # Google's clock less ours, once that mattered.

    def token(self, budget: Budget) -> AccessToken:
        """Return a token that is good now.

        Raises:
            GoogleError: The log-in failed, for this thread or for the one that it waited for.
            SigningError: The account's key refused.
        """
        while True:
            with self._lock:
                now, held = self._clock(), self._token
                good = held if held is not None and now < held.ends else None
                flight, leads = self._flight, False
                if good is not None and (flight is not None or now < max(good.renew, self._rest)):
                    return good
                if flight is None:
                    flight, leads = Future(), True
                    self._flight = flight
            if leads:
                return self._lead(flight, good, budget)
            try:
                return flight.result(timeout=budget.left)
            except CancelledError:
                continue  # The one that logged in was interrupted; perhaps this thread is next.
            except TimeoutError:
                raise _slow() from None
            except (GoogleError, SigningError) as error:
                failure = copy(error)
            raise failure

    def drop(self, token: AccessToken) -> None:
        """Forget a token that Google refused, unless another one has taken its place."""
        with self._lock:
            if self._token is token:
                self._token = None

    def _lead(self, flight: Future[AccessToken], good: AccessToken | None, budget: Budget) -> AccessToken:
        """Log in for all threads; while the token at hand is good, a failure is no matter."""
        try:
            token = self._logged_in(budget) if good is None else self._attempt(min(_TRY_SECONDS, budget.turn))
        except (GoogleError, SigningError) as error:
            if good is None:
                self._land(None)
                flight.set_exception(error)
                raise
            self._rest = self._clock() + min(_TRY_SECONDS, (good.ends - self._clock()) / 2)
            self._land(good)
            flight.set_result(good)
            return good
        except BaseException:
            self._land(good)
            flight.cancel()
            raise
        self._land(token)
        flight.set_result(token)
        return token

    def _land(self, token: AccessToken | None) -> None:
        with self._lock:
            self._token, self._flight = token, None

    def _logged_in(self, budget: Budget) -> AccessToken:
        tries = 0
        while True:
            tries += 1
            try:
                return self._attempt(budget.turn)
            except GoogleError as error:
                pause = delay(error, effect="none", tries=tries)
                if pause is None or pause >= budget.left:
                    raise
            budget.pause(pause)

    def _attempt(self, timeout: float) -> AccessToken:
        """Log in once; and once more when Google's clock shows that ours explains the refusal."""
        if timeout <= 0:
            raise _slow()
        started = self._clock()
        answer = self._transport.send(self._request(), timeout=timeout)
        theirs = date_of(answer)
        refused = answer.status == 400 and (parsed(answer) or {}).get("error") == "invalid_grant"
        if refused and theirs is not None and abs(theirs - self._clock() - self._offset) > _SKEW:
            self._offset = theirs - self._clock()
            answer = self._transport.send(self._request(), timeout=timeout)
        if answer.status != 200:
            read(answer, where=WHERE, now=self._clock())
        token = _token(answer, started)
        if token is None:
            raise _unusable(answer)
        return token

    def _request(self) -> Request:
        issued_at = int(self._clock() + self._offset)
        claims: dict[str, Any] = {
            "iss": self._account.client_email,
            "scope": SCOPE,
            "aud": self._account.token_uri,
            "iat": issued_at,
            "exp": issued_at + _LIFETIME,
        }
        form = {"grant_type": _GRANT, "assertion": self._account.sign(encoded(claims, where="log-in"))}
        return Request(
            method="POST",
            url=self._account.token_uri,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode(form).encode("ascii"),
        )


def _token(answer: Answer, started: float) -> AccessToken | None:
    """Return the token of an answer, or ``None`` when nothing in it can be used as one."""
    found = parsed(answer) or {}
    value, seconds = found.get("access_token"), found.get("expires_in")
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        return None
    if type(seconds) is not int or not 1 <= seconds <= _LONGEST:
        return None
    if str(found.get("token_type", "Bearer")).lower() != "bearer":
        return None
    return AccessToken(value=value, ends=started + seconds, renew=started + seconds - min(AHEAD, seconds / 2))


def _unusable(answer: Answer) -> BadReplyError:
    message, hint = "the answer lacks a usable token", "try later"
    return BadReplyError.answered(message, code="login.token", where=WHERE, hint=hint, status=answer.status)


def _slow() -> UnreachableError:
    hint = "try later (safe to retry)"
    return UnreachableError.at(WHERE, "no log-in in time", code="login.time", hint=hint, safe_to_retry=True)
