"""One input in, what is wrong with how the library took it out.

Our own errors are the answer to bad input. Anything else that is raised, a warning, more than a second of processor
time, more than 512 MiB, and a message that is not one printable line of at most 240 characters, is a failure.
"""

from __future__ import annotations

import resource
import time
import traceback
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from fuzz._target import Target
from walletcard.errors import MAX_LINE, Issue, WalletCardError

MAX_SECONDS: Final = 1.0
MAX_GROWTH: Final = 512 * 2**20
_SOURCE: Final = str(Path(__file__).parents[1])
_HEARD: Final[list[str]] = []
_STATM: Final = Path("/proc/self/statm")


class Failure(NamedTuple):
    """What went wrong.

    Attributes:
        kind: ``exception``, ``warning``, ``time``, ``memory``, ``message`` or ``process``.
        what: A line that is the same for the same fault.
    """

    kind: str
    what: str


def judge(target: Target, data: bytes) -> Failure | None:
    """Return what goes wrong when a target reads an input; ``None`` when nothing does."""
    _HEARD.clear()
    started = time.process_time()
    said: Iterable[Issue | WalletCardError] = ()
    try:
        said = target.one(data) or ()
    except WalletCardError as error:
        said = (error, *getattr(error, "issues", ()))
    except MemoryError:
        return Failure("memory", "over 512 MiB")
    except Exception as error:  # Whatever it is: that is the question.
        return Failure("exception", _named(error))
    if _HEARD:
        return Failure("warning", ascii(_HEARD[0])[1:-1][:100])
    spent = time.process_time() - started
    if spent > MAX_SECONDS:
        return Failure("time", f"over {MAX_SECONDS:g} s")
    return next((Failure("message", f"{one.code}: {fault}") for one in said if (fault := _fault(one))), None)


def hear_warnings() -> None:
    """Take each warning for a failure from now on: the library gives none."""
    warnings.simplefilter("always")
    warnings.showwarning = lambda message, category, *_: _HEARD.append(f"{category.__name__}: {message}")


def limit_memory() -> None:
    """Let this process grow by 512 MiB from where it is, and no further."""
    if _STATM.exists():
        size = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MAX_GROWTH, resource.RLIM_INFINITY))


def _fault(one: Issue | WalletCardError) -> str:
    line = str(one)
    if not line.isprintable():
        return "not one printable line"
    return f"over {MAX_LINE} characters" if len(line) > MAX_LINE else ""


def _named(error: Exception) -> str:
    """Return the exception and the last place of ours that it came through."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith(_SOURCE)]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "elsewhere"
    return f"{type(error).__name__} at {place}: {ascii(str(error))[1:-1][:100]}"
