"""The time that one call may take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Clock = Callable[[], float]
Sleep = Callable[[float], None]

TURNS: Final = 3  # A lost answer must leave time to look, and to try again.
MAX_WAIT: Final = 60.0  # Seconds that a call waits because Google asked for it.
QUEUE: Final = 15.0  # Seconds, besides, that a call waits for its turn among others.


class Budget:
    """The seconds of one call: its own, and on top of them those that Google asks to wait.

    Attributes:
        patience: Seconds that it may still wait for Google's sake, or for its turn.
    """

    def __init__(self, seconds: float, *, clock: Clock, sleep: Sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._end, self._turn = clock() + seconds, seconds / TURNS
        self.patience = MAX_WAIT + QUEUE

    @property
    def left(self) -> float:
        """Seconds for connecting, sending, reading and for pauses of our own; 0 when they are over."""
        return max(0.0, self._end - self._clock())

    @property
    def turn(self) -> float:
        """Seconds for one request; by default Google's own advice of 10."""
        return min(self.left, self._turn)

    def pause(self, seconds: float) -> None:
        """Wait, at the call's own expense."""
        self._sleep(min(seconds, self.left))

    def wait(self, seconds: float) -> None:
        """Wait because Google asks for it, or others are first: that does not shorten the call."""
        self.patience -= seconds
        self._end += seconds
        self._sleep(seconds)
