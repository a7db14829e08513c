"""Let mypy and pyright, both at their strictest, read an app that uses the installed package. Prints what they say.

It installs walletcard, mypy and pyright into an environment of its own; pyright fetches its own program from npm::

    python scripts/try_typing.py
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CONFIG: Final = {
    "include": ["app.py"],
    "typeCheckingMode": "strict",
    "reportUnnecessaryTypeIgnoreComment": "error",
}


def main() -> int:
    """Run them; return 1 if any finds a fault."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "env", with_pip=True)
        programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        shutil.copy(ROOT / "tests" / "typing" / "app.py", folder)
        (folder / "pyrightconfig.json").write_text(json.dumps(CONFIG), encoding="utf-8")
        steps = (
            (programs / "python", "-m", "pip", "install", "--quiet", ROOT, "mypy", "pyright"),
            (programs / "mypy", "--strict", "--warn-unreachable", "app.py"),
            (programs / "pyright", "--pythonpath", programs / "python"),
            (
                programs / "pyright",
                "--pythonpath",
                programs / "python",
                "--verifytypes",
                "walletcard",
                "--ignoreexternal",
            ),
        )
        around = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
        around["PATH"] = os.pathsep.join([str(programs), os.environ["PATH"]])
        for step in steps:
            print("==", Path(step[0]).name, *step[1:], flush=True)  # noqa: T201
            if subprocess.run([str(one) for one in step], cwd=folder, env=around, check=False).returncode:  # noqa: S603
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
