"""How far a long job is: a bar on a terminal, a line for every percent elsewhere, both on the error stream."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TextIO

from _bulk import Problem

_WIDTH = 30
_EVERY = 0.1  # Seconds between two drawings of the bar.


class Progress:
    """Counts what is made, and shows it; safe to use from many threads.

    Attributes:
        made: Passes that were missing.
        there: Passes that were there already.
        bad: Rows that became no pass.
    """

    def __init__(self, total: int, *, stream: TextIO = sys.stderr) -> None:
        self.made = self.there = self.bad = 0
        self._total, self._stream, self._bar = total, stream, stream.isatty()
        self._lock, self._began, self._drawn, self._percent = threading.Lock(), time.monotonic(), 0.0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._draw()
            self._stream.write("\n")

    def step(self, result: Problem | bool) -> None:
        """Count one row."""
        problems = [result] if isinstance(result, Problem) else []
        self.count(made=result is True, there=result is False, problems=problems)

    def count(self, made: int, there: int, problems: Sequence[Problem]) -> None:
        """Count many rows."""
        with self._lock:
            self.made += made
            self.there += there
            self.bad += len(problems)
            for one in problems:
                self._tell(f"line {one.line}: {one.message}")
            self._show()

    def summary(self, seconds: float) -> str:
        """Return one line for the end."""
        rate = self.made / max(seconds, 1e-9)
        counts = f"made {self.made:,}, already there {self.there:,}, bad rows {self.bad:,}"
        return f"{counts}; {seconds:.1f} s, {rate:,.0f} passes a second"

    def say(self, text: str) -> None:
        """Print a line without disturbing the bar."""
        with self._lock:
            self._tell(text)

    def _tell(self, text: str) -> None:
        self._stream.write(f"\r\033[K{text}\n" if self._bar else f"{text}\n")

    def _show(self) -> None:
        if self._bar:
            if time.monotonic() - self._drawn >= _EVERY:
                self._draw()
        elif (percent := 100 * self._done // max(self._total, 1)) > self._percent:
            self._percent = percent
            self._stream.write(f"{percent} %  {self._counted()}\n")
            self._stream.flush()

    @property
    def _done(self) -> int:
        return self.made + self.there + self.bad

    def _counted(self) -> str:
        seconds = max(time.monotonic() - self._began, 1e-9)
        return f"{self._done:,} of {self._total:,}, {self._done / seconds:,.0f} a second"

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        full = _WIDTH * self._done // max(self._total, 1)
        self._stream.write(f"\r\033[K[{'#' * full}{'.' * (_WIDTH - full)}] {self._counted()}")
        self._stream.flush()


def followed(work: Callable[[Progress], None], *, total: int) -> int:
    """Do a job in sight, and return its exit status; whatever stops it, the same command goes on."""
    began = time.monotonic()
    with Progress(total) as progress:
        try:
            work(progress)
        except KeyboardInterrupt:
            progress.say("stopped; the same command makes the rest")
            return 130
        except OSError as error:
            progress.say(f"stopped: {error}")
            return 2
    print(progress.summary(time.monotonic() - began))
    return 1 if progress.bad else 0
