"""A café's day through every pure room, watched: prints what was touched, and a digest of what came out.

Run as a program, in a process of its own: a watcher of the interpreter cannot be taken off again.
"""

from __future__ import annotations

import os
import sys
import zoneinfo  # noqa: F401  # Before the environment is watched: Python asks it where the time zones lie.
from collections.abc import Iterator, MutableMapping
from typing import Any

READS = os.environ.copy()
WATCHED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.putenv",
    "os.unsetenv", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.utime", "os.chmod", "os.chdir", "shutil.", "tempfile.", "urllib.", "http.client.", "ssl.", "webbrowser.",
    "ctypes.dlopen", "sqlite3.", "smtplib.", "ftplib.", "imaplib.", "syslog.", "signal.",
)  # fmt: skip
touched: list[str] = []
asked: set[str] = set()
opened: set[str] = set()


class Recorded(MutableMapping[str, str]):
    """The environment, which remembers what was asked for and by whom."""

    def __getitem__(self, name: str) -> str:
        self._note(name)
        return READS[name]

    def __setitem__(self, name: str, value: str) -> None:
        touched.append(f"environment: {name} = {value}")

    def __delitem__(self, name: str) -> None:
        touched.append(f"environment: {name} deleted")

    def __iter__(self) -> Iterator[str]:
        self._note("*")
        return iter(READS)

    def __len__(self) -> int:
        return len(READS)

    def _note(self, name: str) -> None:
        frame = sys._getframe(2)
        while frame.f_back is not None and str(frame.f_globals["__name__"]).split(".")[0] in sys.stdlib_module_names:
            frame = frame.f_back
        asked.add(f"{str(frame.f_globals['__name__']).split('.')[0]}: {name}")


def watch(event: str, args: tuple[Any, ...]) -> None:
    """Note what reaches out of the process."""
    if event.startswith(WATCHED):
        touched.append(f"{event} {args!r:.200}")
    elif event == "open":
        path, mode, flags = args
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & writing):
            touched.append(f"open {path!r} {mode} {flags}")
        elif isinstance(path, str):
            opened.add(os.path.realpath(path))


os.environ = Recorded()  # type: ignore[assignment]  # noqa: B003  # Replaced, so that reading it is seen.
sys.addaudithook(watch)


def day() -> bytes:
    """Use every room as a shop would; return all that is the same in each run."""
    from datetime import UTC, datetime, timedelta

    from stamp_card import copper_kettle

    import walletcard as wc
    from walletcard import apple, google, loyalty, preview, render, testing, tokens, words

    at = datetime(2026, 11, 21, 10, tzinfo=UTC)
    club = copper_kettle("https://example.com/logo.png")
    card = wc.join(club, id="CK-7F3A29", member="Priya S.", at=at)
    before = card
    for number in range(9):
        card, _ = wc.apply(club, card, wc.Event.visit(id=f"till-{number}", at=at + timedelta(days=number)))
    now = at + timedelta(days=9)
    ring = tokens.KeyRing({"1": bytes(range(160, 192))}, signing="1")
    code = tokens.issue("member", keys=ring, program=club.id, card=card.id)
    face = wc.face(club, card, at=now, since=before, code=code)
    identity, account = testing.throwaway_identity(now), testing.throwaway_service_account()
    callbacks = testing.throwaway_callbacks("3388000000012345678", at=now)
    made = wc.make_pkpass(face, identity=identity, at=now)
    link = wc.make_save_link(face, account=account, issuer_id="3388000000012345678", at=now)
    body = callbacks.body("save", class_id="3388000000012345678.a", object_id="3388000000012345678.b", at=now)
    assert apple.verify(made, roots=identity.root_pem, at=now).verdict == "authentic"
    assert apple.read(made).pass_json["serialNumber"] == face.serial
    assert google.verify_callback(body, issuer_id=callbacks.issuer_id, keys=callbacks.keys, at=now).kind == "save"
    assert google.read_link(link.url).holds
    assert tokens.verify(code, keys=ring).card == card.id
    assert apple.check(face, identity=identity, at=now) == ()
    assert google.check(face, issuer_id=callbacks.issuer_id) is not None
    assert loyalty.due(club, card, at=now + timedelta(days=40))
    loyalty.measure(club, [(card, [])], at=now)
    assert face.strip is not None
    parts: list[bytes] = [
        repr(apple.pass_json(face, identity=identity)).encode(),
        google.resources(face, issuer_id="3388000000012345678").object_json,
        google.resources(face, issuer_id="3388000000012345678").class_json,
        render.strip(face.strip, scale=3).png,
        render.hero(face.strip).png,
        render.qr(code).png,
        preview.html(face, at=now).encode(),
        preview.sheet(club, at=now).encode(),
        preview.poster(club, "https://example.com/join").encode(),
        card.to_json().encode(),
        *(words.phrase_book(one).moment(now, today=at.date()).encode() for one in words.languages()),
    ]
    return b"\0".join(parts)


if __name__ == "__main__":
    import hashlib
    import json
    import threading

    digest = hashlib.sha256(day()).hexdigest()
    found = {
        "touched": touched, "asked": sorted(asked), "opened": sorted(opened), "digest": digest,
        "threads": threading.active_count(), "modules": sorted(name.split(".")[0] for name in sys.modules),
    }  # fmt: skip
    print(json.dumps(found))  # noqa: T201
