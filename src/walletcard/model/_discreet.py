"""An error on its way to the caller in, the same error without the values that led to it out.

Log viewers show the values in the frames of a traceback, and those of the library hold what it was handed: passwords,
keys, tokens. The lines stay, the values go.
"""

from __future__ import annotations

import traceback


def forget(error: BaseException, *, until: BaseException | None) -> None:
    """Empty every frame that has ended under an error and under its causes, and let go of causes that are hidden.

    Args:
        error: What is raised.
        until: What the caller was handling already, if anything: that error and its frames are the caller's.
    """
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and one is not until and id(one) not in seen:
        seen.add(id(one))
        traceback.clear_frames(one.__traceback__)
        if one.__suppress_context__ and one.__context__ is not until:
            one.__context__ = None  # It may quote what it could not read: a password, a whole key file.
        one = one.__cause__ or one.__context__
