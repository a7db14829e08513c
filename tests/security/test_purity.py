"""The pure rooms touch nothing: no socket, no file, no process, no environment; and warn of nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
ELSEWHERE = {
    "LANG": "he_IL.UTF-8", "LC_ALL": "fa_IR", "LANGUAGE": "ru", "TZ": "Asia/Tokyo", "HTTPS_PROXY": "http://127.0.0.1:9",
    "REQUESTS_CA_BUNDLE": "/nowhere", "NETRC": "/nowhere", "HOME": "/nowhere", "PYTHONHASHSEED": "7",
    "GOOGLE_APPLICATION_CREDENTIALS": "/nowhere",
}  # fmt: skip
THEIRS = {
    "babel": "which language this computer speaks",
    "PIL": "how to hold memory",
    "jwt": "whether its docs are built",
}
"""Whose import asks the environment for what. None of it changes what comes out, as the second run shows."""


@cache
def seen(*, elsewhere: bool) -> dict[str, Any]:
    """Run the day in a process of its own, with warnings as errors."""
    path = os.pathsep.join(map(str, (SOURCE, ROOT / "examples")))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path} | (ELSEWHERE if elsewhere else {})
    command = [sys.executable, "-B", "-W", "error", str(Path(__file__).with_name("pure_day.py"))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_outside_of_the_process_is_touched() -> None:
    found = seen(elsewhere=False)

    assert found["touched"] == []
    assert found["threads"] == 1


def test_the_environment_is_not_asked() -> None:
    found = seen(elsewhere=False)["asked"]

    assert {one.split(":")[0] for one in found} <= set(THEIRS)


def test_only_code_and_its_data_are_read() -> None:
    places = [
        os.path.realpath(str(one)) for one in (ROOT, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())
    ]
    allowed = (*places, "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/localtime", "/dev/urandom")

    assert [one for one in seen(elsewhere=False)["opened"] if not one.startswith(allowed)] == []


def test_what_sends_is_not_even_loaded() -> None:
    assert not {"requests", "urllib3", "certifi"} & set(seen(elsewhere=False)["modules"])


def test_language_zone_and_home_of_the_computer_change_nothing() -> None:
    assert seen(elsewhere=True)["digest"] == seen(elsewhere=False)["digest"]
    assert seen(elsewhere=True)["touched"] == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import socket; socket.socket()", "socket.__new__"),
        ("open('/tmp/never', 'rb+')", "open"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("os.environ['A'] = 'b'", "environment: A"),
        ("os.getenv('HOME')", "shop: HOME"),
    ],
)
def test_the_watcher_sees_it(code: str, told: str) -> None:
    script = f"""
import os
from pure_day import asked, touched
try:
    exec({code!r}, {{"os": os, "__name__": "shop"}})
except OSError:
    pass
print(touched, asked)
"""
    folder = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], env={"PYTHONPATH": folder}, capture_output=True, text=True, check=False
    )

    assert told in done.stdout, done.stderr
