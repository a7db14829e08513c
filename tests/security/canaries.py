"""Secrets that can be recognised, and the search for them in everything an error or a value shows."""

from __future__ import annotations

import base64
import copy
import pickle
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Final
from urllib.parse import quote

HEAD: Final = 12  # Characters of a spelling that are enough to recognise it.


def spellings(secret: str | bytes) -> Iterator[str]:
    """Yield the start of a secret in every spelling in which it could get out."""
    raw = secret.encode() if isinstance(secret, str) else secret
    yield repr(raw)[2:-1][:HEAD]
    yield raw.hex()[: 2 * HEAD]
    yield raw.hex().upper()[: 2 * HEAD]
    if isinstance(secret, str):
        yield secret[:HEAD]
        yield repr(secret)[1:-1][:HEAD]
        yield quote(secret, safe="")[:HEAD]
    for lead in range(3):  # Wherever it begins in what is encoded.
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(lead) + raw).decode()[4 : 4 + HEAD]


def needles(*secrets: str | bytes) -> frozenset[str]:
    """Return what to look for."""
    found = frozenset(one for secret in secrets for one in spellings(secret))
    assert all(len(one) >= 8 for one in found)
    return found


def lines_of(pem: str | bytes) -> list[str]:
    """Return the lines of a key file that hold its secret numbers; those before hold what a certificate shows."""
    text = pem.decode() if isinstance(pem, bytes) else pem
    return [line for line in text.splitlines() if not line.startswith("-")][8:]


def told(error: BaseException) -> str:
    """Return all that a log viewer can show of an error and its causes, with every value below the test's own frame."""
    parts = [repr(copy.copy(error)), repr(pickle.dumps(error)), "".join(traceback.format_exception(error))]
    for one in chain(error):
        parts += [repr(one), str(one), f"{one}", repr(one.args), repr(vars(one)), repr(getattr(one, "issues", ""))]
        parts += [repr(getattr(one, name, "")) for name in ("object", "doc", "filename")]
        parts += values(one.__traceback__)
        inside = below(one.__traceback__)
        lines = traceback.TracebackException(type(one), one, inside, capture_locals=True).format(chain=False)
        parts += lines
    return "\n".join(parts)


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything that hangs on it, shown or not."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [other for other in (one.__cause__, one.__context__) if other is not None]


def below(trace: TracebackType | None) -> TracebackType | None:
    """Leave out the frames of the caller: what it holds is its own."""
    while trace is not None and trace.tb_frame.f_globals["__name__"].startswith("tests."):
        trace = trace.tb_next
    return trace


def values(trace: TracebackType | None) -> Iterator[str]:
    """Yield the values in all frames but the caller's, uncut."""
    while trace is not None:
        if not trace.tb_frame.f_globals["__name__"].startswith("tests."):
            for name, value in trace.tb_frame.f_locals.items():
                yield f"{name} = {value!r}"
        trace = trace.tb_next
