"""The same job on Dask: on processes, with the key loaded once in each, and the same bytes."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from _bulk_options import KeyFiles
from _bulk_sample import write_sample
from bench.kills import BULK, command, passes

pytest.importorskip("dask.distributed", reason="Dask is an extra: pip install 'walletcard[dask]'")

# The command as it is, and what the workers hold is asked before and after the job.
JOB = """
import os
import bulk_issue_dask as example

def held(dask_worker):
    return os.getpid(), id(dask_worker.plugins["signs"].identity)

def watched(client, asked, progress, run=example.run):
    before = client.run(held)
    run(client, asked, progress)
    assert client.run(held) == before, "the key was loaded again"
    assert len({pid for pid, _ in before.values()} - {os.getpid()}) == 2, "not two processes"

if __name__ == "__main__":
    example.run = watched
    raise SystemExit(example.main())
"""


def test_the_dask_run_equals_the_plain_run_and_loads_the_key_once_a_worker(tmp_path: Path) -> None:
    members, plain, spread = tmp_path / "members.csv", tmp_path / "plain", tmp_path / "spread"
    write_sample(members, 450)
    with members.open("a") as file:
        file.write("CK-bad,Bob,three,\n")
    done = subprocess.run(command(members, plain), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    (tmp_path / "job.py").write_text(JOB)
    options = command(members, spread, keys=plain / "throwaway")[2:]

    done = subprocess.run(
        [sys.executable, str(tmp_path / "job.py"), *options],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(BULK.parent)},
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert "made 450, already there 0, bad rows 1" in done.stdout
    assert "line 452: stamps: 'three' is not a whole number" in done.stderr
    assert passes(spread) == passes(plain)
    assert {path.suffix for path in spread.iterdir()} == {".pkpass"}


def test_what_travels_to_a_worker_holds_no_key(tmp_path: Path) -> None:
    from bulk_issue_dask import Signs

    (tmp_path / "pass.p12").write_bytes(b"KEY MATERIAL")

    sent = pickle.dumps(Signs(KeyFiles(tmp_path / "pass.p12", None, tmp_path / "wwdr.pem")))

    assert b"KEY MATERIAL" not in sent
    assert b"pass.p12" in sent
