"""Let GNOME Passes import passes and show each in its window. Runs in the system's own Python, on an X display.

The program is the installed one, started as its own launcher starts it; the only stand-in is the file chooser, after
its *Open* was pressed. For each pass one line of JSON goes out, what the program holds of it, while the window shows
it; the next comes after a line on standard input::

    python3 show.py ltr card.pkpass ticket.pkpass
"""

from __future__ import annotations

import builtins
import gettext
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Adw", "1")

from gi.repository import Gio, GLib, Gtk  # noqa: E402  # the versions come first

HOME = Path("/usr/share/passes-gtk")
GROUPS = ("header", "primary", "secondary", "auxiliary", "back")


class Chosen:
    """The file chooser after a file was chosen."""

    def __init__(self, path: str) -> None:
        self._file = Gio.File.new_for_path(path)

    def get_file(self) -> Any:
        return self._file


def told(shown: Any) -> dict[str, Any]:
    """Return what the program holds of a pass, in the names of pass.json."""
    card = shown.adaptee()
    expires = shown.expiration_date()
    barcodes = [
        {"format": one.format(), "message": one.message(), "altText": one.alternative_text()} for one in card.barcodes()
    ]
    fields = {
        f"{group}Fields": [
            {"key": one.key(), "label": one.label(), "value": one.value()} for one in getattr(card, f"{group}_fields")()
        ]
        for group in GROUPS
    }
    return {
        "style": card.style(),
        "passTypeIdentifier": card.pass_type_identifier(),
        "serialNumber": card.serial_number(),
        "organizationName": card.organization_name(),
        "description": card.description(),
        "logoText": card.logo_text(),
        "expires": None if expires is None or expires.is_undefined() else str(expires),
        "backgroundColor": list(card.background_color().as_tuple()),
        "foregroundColor": list(card.foreground_color().as_tuple()),
        "labelColor": list(card.label_color()),
        "barcodes": barcodes,
        **fields,
    }


def show(app: Any, paths: Iterator[str]) -> bool:
    """Import the next pass and say so; go on when that was answered; after the last one, end."""
    path = next(paths, None)
    if path is None:
        app.quit()
        return False
    before = app.window().selected_pass()
    app._on_file_chosen(Chosen(path), Gtk.ResponseType.ACCEPT)
    shown = app.window().selected_pass()
    print(json.dumps({"read": False} if shown is before else {"read": True, **told(shown)}), flush=True)  # noqa: T201

    def answered(*_: Any) -> bool:
        sys.stdin.readline()
        return show(app, paths)

    # Watched, not waited for: meanwhile the window has to be painted.
    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, answered)
    return False


def main(direction: str, *paths: str) -> int:
    builtins._ = gettext.gettext  # type: ignore[attr-defined]  # as the launcher does
    sys.path.insert(1, str(HOME))
    Gio.Resource.load(str(HOME / "passes.gresource"))._register()
    from passes.main import Application

    Gtk.Widget.set_default_direction(Gtk.TextDirection.RTL if direction == "rtl" else Gtk.TextDirection.LTR)
    app = Application()
    app.connect_after("activate", lambda _: GLib.idle_add(show, app, iter(paths)))
    status: int = app.run([])
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
