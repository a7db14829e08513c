"""Every trick once more, by a process that may not grow by more than 64 MiB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.apple import forge
from tests.apple.forge import Member, zipped
from tests.apple.test_read import BOMB, OWN, PASS, TRICKS

from walletcard.apple._archive import archive

pytest.importorskip("resource", reason="this system cannot limit a process's memory")

LIMIT = 64 * 1024 * 1024
INSIDE = {"pass.json": PASS, "manifest.json": b"{}"}
# These can be read: what is wrong is met by the verifier alone.
FORGED = {
    "nested signature": archive({**INSIDE, "signature": b"\x30\x80" * 49_000}),
    "nested certificates": archive({**INSIDE, "signature": b"\x30\x83\1\0\0\xa0\x80" + b"\x30\x80" * 30_000}),
    "signature of 9 MB": archive({**INSIDE, "signature": b"\x30\x83\x89\x54\x40" + b"\0" * 9_000_000}),
    "a number of 90 kB": archive({**INSIDE, "signature": b"\x30\x83\1\x5f\x90\x02\x83\1\x5f\x8b" + b"\x7f" * 89_995}),
    "nested manifest": archive({**INSIDE, "manifest.json": b'{"a":' * 100_000, "signature": b"x"}),
    "manifest of 9 MB": archive({**INSIDE, "manifest.json": b" " * 9_000_000, "signature": b"x"}),
    "texts without end": archive({**INSIDE, "en.lproj/pass.strings": b'"' * 900_000, "signature": b"x"}),
    "comments without end": archive({**INSIDE, "en.lproj/pass.strings": b"/*" * 900_000, "signature": b"x"}),
    "a picture of 10^18 pixels": archive({
        **INSIDE, "icon.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\x3b\x9a\xca\0" * 2 + bytes(13), "signature": b"x"
    }),
    "an honest one of 24 MB": zipped(OWN, *(Member(f"{n}.png", BOMB[:7_900_000]) for n in range(3))),
}  # fmt: skip
CHILD = """
import json, resource, sys, time
from pathlib import Path
from walletcard import apple
from walletcard.errors import PassReadError

def peak():  # Not ru_maxrss, which begins at the size of whoever started this process.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


limit, good, *names = sys.argv[1:]
apple.verify(Path(good).read_bytes())  # Whatever is loaded once is loaded now.
size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
before = peak()
resource.setrlimit(resource.RLIMIT_AS, (size + int(limit), size + int(limit)))
said = {}
for name in names:
    data, started = Path(name).read_bytes(), time.process_time()
    try:
        apple.read(data)
        code = ""
    except PassReadError as error:
        code = error.code
    verdict = apple.verify(data).verdict
    said[name] = code, verdict, time.process_time() - started
    del data
print(json.dumps([said, peak() - before]))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux, to know how large a process is")
def test_no_trick_takes_a_second_or_64_mib(tmp_path: Path) -> None:
    tricks = {name: data for name, (data, _) in TRICKS.items()} | FORGED
    paths = {name: tmp_path / str(number) for number, name in enumerate(tricks)}
    for name, path in paths.items():
        path.write_bytes(tricks[name])
    good = tmp_path / "good"
    good.write_bytes(forge.packed(leaf=forge.leaf()))

    command = [sys.executable, "-c", CHILD, str(LIMIT), str(good), *map(str, paths.values())]
    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    said, grown = json.loads(done.stdout)
    found = {name: said[str(path)] for name, path in paths.items()}
    assert {name: code for name, (code, _, _) in found.items()} == (
        {name: code for name, (_, code) in TRICKS.items()} | dict.fromkeys(FORGED, "")
    )
    assert {name for name, (_, verdict, _) in found.items() if verdict == "authentic"} == set()
    assert {name: spent for name, (_, _, spent) in found.items() if spent >= 1} == {}
    assert 0 < grown < LIMIT
