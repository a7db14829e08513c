"""Two programs of other people that read passes, each behind one function, and what they need to be installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image, ImageGrab

HERE: Final = Path(__file__).parent
KDE_PROGRAM: Final = "read-pass"
LOCALES: Final = {"en": "en_GB", "he": "he_IL"}
PATIENCE: Final = 60  # Seconds for one thing that a program does.
_PASSES: Final = Path("/usr/share/passes-gtk/passes.gresource")
_CHARSETS: Final = Path("/usr/share/i18n/locales")
_KDE_HEADERS: Final = Path("/usr/include/KPim/KPkPass")
_SCREEN: Final = "1000x600x24"


class Shown(NamedTuple):
    """One pass in the window of GNOME Passes: what the program holds of it, and a camera before the screen."""

    told: dict[str, Any]
    photograph: Callable[[], Image.Image]


def kde_lacks() -> str:
    """Return why KDE's library cannot be asked; nothing when it can."""
    if shutil.which("g++") is None or not _KDE_HEADERS.is_dir():
        return "needs KDE's library and a compiler: apt-get install libkpimpkpass-dev g++"
    return ""


def gnome_lacks() -> str:
    """Return why GNOME Passes cannot be asked; nothing when it can."""
    if not _PASSES.exists() or shutil.which("Xvfb") is None:
        return "needs the program and a display: apt-get install passes-gtk xvfb"
    if shutil.which("localedef") is None or not _CHARSETS.is_dir():
        return "needs languages: apt-get install locales"
    return ""


def kde_program(folder: Path) -> Path:
    """Compile our program around KDE's library, and return where it is."""
    made = folder / KDE_PROGRAM
    machine = _run("g++", "-print-multiarch").strip()
    qt = Path("/usr/include", machine, "qt5")
    included = [f"-I{one}" for one in (_KDE_HEADERS, _KDE_HEADERS.parent, qt, qt / "QtCore", qt / "QtGui")]
    libraries = ["-lKPimPkPass", "-lQt5Gui", "-lQt5Core"]
    _run("g++", "-std=c++17", "-fPIC", *included, str(HERE / "kde/read.cpp"), "-o", str(made), *libraries)
    return made


def kde_reads(program: Path, files: Sequence[Path], *, language: str) -> list[dict[str, Any]]:
    """Return what KDE's library makes of each file, for a person of a language."""
    lines = _run(str(program), *map(str, files), environment={"LANG": f"{LOCALES.get(language, language)}.UTF-8"})
    return [json.loads(line) for line in lines.splitlines()]


def gnome_shows(files: Sequence[Path], *, language: str, folder: Path) -> Iterator[Shown]:
    """Yield each file while GNOME Passes shows it, in one window of a language; ``folder`` is the program's home."""
    with _screen(folder) as display:
        environment = {**os.environ, **_home(folder, language), "DISPLAY": display}
        direction = "rtl" if language == "he" else "ltr"
        command = ["/usr/bin/python3", str(HERE / "gnome/show.py"), direction, *map(str, files)]
        with (folder / "program.log").open("w") as log, subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as program:  # fmt: skip
            assert program.stdin is not None
            assert program.stdout is not None
            try:
                for line in program.stdout:
                    yield Shown(json.loads(line), partial(ImageGrab.grab, xdisplay=display))
                    program.stdin.write("next\n")
                    program.stdin.flush()
            finally:
                program.kill()


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    """Run a display that nobody sees, and yield its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    with (folder / "display.log").open("w") as log, subprocess.Popen(command, pass_fds=[writing], stderr=log) as server:
        os.close(writing)
        try:
            with open(reading) as number:
                yield f":{number.readline().strip()}"
        finally:
            server.terminate()


def _home(folder: Path, language: str) -> dict[str, str]:
    """Return surroundings in which the program finds nothing of the machine's owner, and speaks a language."""
    locale = f"{LOCALES[language]}.UTF-8"
    languages, data, runtime = (folder / name for name in ("locales", "data", "run"))
    for one in (languages, data, runtime):
        one.mkdir(exist_ok=True, mode=0o700)
    if not (languages / locale).exists():
        _run("localedef", "-i", LOCALES[language], "-f", "UTF-8", str(languages / locale))
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    return {
        **dict.fromkeys(names, str(data)),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": locale,
        "LC_ALL": locale,
        "LANGUAGE": language,
        "LOCPATH": str(languages),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "GDK_BACKEND": "x11",
        "GIO_USE_VFS": "local",
        "GSETTINGS_BACKEND": "memory",
        "GSK_RENDERER": "cairo",
        "GTK_A11Y": "none",
    }


def _run(*command: str, environment: dict[str, str] | None = None) -> str:
    given = {**os.environ, **(environment or {}), "LC_ALL": ""}
    ran = subprocess.run(command, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout
