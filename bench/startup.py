"""What ``import walletcard`` costs, in fresh interpreters."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from bench._effort import Effort
from bench._results import Result, Target
from bench._subject import ROOT

# The interpreter alone has loaded some already (a .pth file may), so only what comes in addition counts.
PROBE = """
import json, sys, time
before, began = set(sys.modules), time.process_time()
import walletcard
spent = time.process_time() - began
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps([spent, sorted(new - {"walletcard"} - set(sys.stdlib_module_names))]))
"""


def results(effort: Effort) -> list[Result]:
    """Measure."""
    told = [_probe() for _ in range(effort.starts)]
    foreign = told[0][1]
    return [
        Result("import walletcard", 1_000 * statistics.median(spent for spent, _ in told), "ms", None, Target(60)),
        Result("third-party packages that it loads", len(foreign), ", ".join(foreign) or "packages", None, Target(0)),
    ]


def _probe() -> tuple[float, list[str]]:
    path = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
    command = [sys.executable, "-c", path + PROBE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ourselves
    spent, foreign = json.loads(done.stdout)
    return spent, foreign
