"""Calls in, answers out: keep the pace, log in, send, and make again what may be made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Final, Generic, TypeVar

from walletcard.errors import (
    GoogleError,
    RejectedError,
    SigningError,
    UnknownResultError,
    UnreachableError,
    WalletCardError,
)
from walletcard.google import _batch
from walletcard.google._access import Access, AccessToken
from walletcard.google._answers import read
from walletcard.google._budget import Budget, Clock, Sleep
from walletcard.google._calls import Call
from walletcard.google._http import Answer, Request, Transport
from walletcard.google._pace import Pace
from walletcard.google._retry import delay, untouched
from walletcard.google._steps import Steps

Result = TypeVar("Result")

_REFUSED: Final = 401
_ITEMS: Final = 10  # Of a batch, in the time of one call: with each insert, Google loads its pictures.
_LONGEST_HOLD: Final = 3_600.0  # Seconds that one answer may keep every call from being sent.


class Wire:
    """What the calls of one client share. Safe for threads."""

    def __init__(
        self, *, host: str, transport: Transport, access: Access, pace: Pace, clock: Clock, sleep: Sleep, timeout: float
    ) -> None:
        self._host, self._transport, self._access, self._pace = host, transport, access, pace
        self._clock, self._sleep, self._timeout = clock, sleep, timeout

    def run(self, steps: Steps[Result]) -> Result:
        """Go through the steps of one verb.

        Raises:
            WalletCardError: What they ended in.
        """
        job = self._done([steps])[0]
        if job.error is not None:
            raise job.error
        return job.found()

    def run_all(self, many: Sequence[Steps[Result]]) -> list[Result | WalletCardError]:
        """Go through the steps of many at once, and return what each came to."""
        return [job.found() if job.error is None else job.error for job in self._done(many)]

    def _done(self, many: Sequence[Steps[Result]]) -> list[_Job[Result]]:
        seconds = self._timeout * max(1.0, len(many) / _ITEMS)
        budget = Budget(seconds, clock=self._clock, sleep=self._sleep)
        jobs = [_Job(steps) for steps in many]
        while live := [(job, job.call) for job in jobs if job.call is not None]:
            try:
                results = self._exchanged([call for _, call in live], budget)
            except (GoogleError, SigningError) as error:
                for job, _ in live:
                    job.fail(copy(error))
                continue
            pauses = [job.take(result, budget.left) for (job, _), result in zip(live, results, strict=True)]
            if max(pauses) > 0:
                budget.pause(max(pauses))
        return jobs

    def _exchanged(self, calls: Sequence[Call], budget: Budget) -> list[dict[str, Any] | GoogleError]:
        """Make the calls once.

        Raises:
            GoogleError: None of them was sent: there is no log-in, or Google wants to be left alone for longer.
            SigningError: The account's key refused.
        """
        self._pace.take(len(calls), budget)
        token = self._access.token(budget)
        try:
            answers = self._sent(calls, token, budget.turn)
        except GoogleError as error:
            return [copy(error) for _ in calls]
        return [self._read(call, answer, token) for call, answer in zip(calls, answers, strict=True)]

    def _sent(self, calls: Sequence[Call], token: AccessToken, timeout: float) -> list[Answer | None]:
        if timeout <= 0:
            raise _late(self._host)
        if len(calls) == 1:
            return [self._transport.send(self._addressed(calls[0].request, token), timeout=timeout)]
        whole = _batch.joined([call.request for call in calls])
        answer = self._transport.send(self._addressed(whole, token), timeout=timeout)
        if not 200 <= answer.status < 300:
            return [answer for _ in calls]
        found = _batch.parts(answer)
        return [found.get(number) for number in range(len(calls))]

    def _addressed(self, request: Request, token: AccessToken) -> Request:
        return replace(
            request,
            url=self._host + request.url,
            headers={**request.headers, "Authorization": f"Bearer {token.value}"},
        )

    def _read(self, call: Call, answer: Answer | None, token: AccessToken) -> dict[str, Any] | GoogleError:
        if answer is None:
            return _missing(call.where)
        if answer.status == _REFUSED:
            self._access.drop(token)
        try:
            return read(answer, where=call.where, now=self._clock())
        except GoogleError as error:
            if error.retry_after is not None and error.code in ("google.rate", "google.unavailable"):
                self._pace.hold(min(error.retry_after, _LONGEST_HOLD))
            return error


class _Job(Generic[Result]):
    """One verb on its way.

    Attributes:
        call: What it wants to ask next; ``None`` at its end.
        error: What it ended in.
    """

    def __init__(self, steps: Steps[Result]) -> None:
        self._steps = steps
        self._tries, self._logged_in_again = 0, False
        self._doubt: GoogleError | None = None  # A try of the call at hand may have come through.
        self._found: list[Result] = []
        self.call: Call | None = None
        self.error: WalletCardError | None = None
        self._go(lambda: next(steps))

    def found(self) -> Result:
        """Return what it came to."""
        return self._found[0]

    def take(self, result: dict[str, Any] | GoogleError, left: float) -> float:
        """Go on with an answer or an error, or decide to make the same call again; return the seconds until then."""
        if not isinstance(result, GoogleError):
            self._go(lambda: self._steps.send(result))
            return 0.0
        call = self.call
        assert call is not None  # noqa: S101  # It has just been made.
        self._tries += 1
        if result.status == _REFUSED and not self._logged_in_again:
            self._logged_in_again = True
            return 0.0
        if call.effect != "none" and not untouched(result):
            self._doubt = result
        pause = delay(result, effect=call.effect, tries=self._tries)
        if pause is not None and result.retry_after is not None:
            return 0.0  # The pace waits, for all threads.
        if pause is not None and pause < left:
            return pause
        self.fail(result)
        return 0.0

    def fail(self, error: WalletCardError) -> None:
        """Tell the steps that their call ended in an error; in doubt when any of its tries may have come through."""
        call, doubt = self.call, self._doubt
        settled = isinstance(error, RejectedError) and untouched(error)  # An answer to this very change.
        if call is not None and doubt is not None and not settled:
            error = _unknown(doubt, call)
        self._go(lambda: self._steps.throw(error))

    def _go(self, step: Callable[[], Call]) -> None:
        self._tries, self._logged_in_again, self._doubt = 0, False, None
        try:
            self.call = step()
        except StopIteration as end:
            self.call = None
            self._found.append(end.value)
        except WalletCardError as error:
            self.call, self.error = None, error


def _unknown(error: GoogleError, call: Call) -> UnknownResultError:
    found = UnknownResultError.after(error, where=call.where, hint="make the same call again: nothing happens twice")
    found.__cause__ = error
    return found


def _missing(where: str) -> UnreachableError:
    message, hint = "the batch's answer lacks this part", "look before you send it again"
    return UnreachableError.at(where, message, code="net.part", hint=hint, safe_to_retry=False)


def _late(host: str) -> UnreachableError:
    message, hint = "the time for this call is over, and nothing more was sent", "try again, or allow more time"
    return UnreachableError.at(host, message, code="net.timeout", hint=hint, safe_to_retry=True)
