"""No large input costs more than a second of processor time or 64 MiB beside itself, at any public door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="this system cannot limit a process's memory")

from tests.contract import large

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux, to know how large a process is")
def test_every_large_input_is_answered_in_a_second_and_64_mib() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.large"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert set(found) == set(large.CASES)
    assert {name: ended for name, (_, ended) in found.items() if ended.startswith("!")} == {}
    assert {name: spent for name, (spent, _) in found.items() if spent >= large.SECONDS} == {}


def test_what_is_slow_or_hungry_is_noticed() -> None:
    assert large.spent_apart(lambda: bytearray(2 * large.LIMIT))[1] == "! MemoryError"
    assert large.spent_apart(lambda: sum(range(30_000_000)))[0] > 0.2
    assert large.spent_apart(lambda: None)[1] == "a result"
