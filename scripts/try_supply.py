"""Build what is published, look into it, install it, and try the oldest packages it allows. Prints what it found.

Everything is built twice, from two copies of the tree, and compared byte for byte; and once more from the sdist. The
run with the oldest packages takes some minutes, and both need a package index::

    python scripts/try_supply.py                 # build, contents, a fresh environment
    python scripts/try_supply.py --floors        # and the test suite with the oldest packages allowed
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FLOOR: Final = re.compile(r"([a-z0-9-]+)>=([0-9.]+)(; .+)?")
DATA: Final = ("py.typed", "words/languages/en.json", "google/_types.json", "preview/page.css", "preview/poster.css")
TOP: Final = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md")
STRAY: Final = re.compile(r"__pycache__|\.py[co]$|\.(p12|pfx|key|env)$|(^|/)(out|dist|build|\.git|\.venv|\.\w+_cache)/")
# A whole one, not the mention of it in a test.
PRIVATE_KEY: Final = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----[\sA-Za-z0-9+/=\\]{200,}")
IMPORT_SECONDS: Final = 0.1
TEST_TOOLS: Final = ("google-api-python-client", "hypothesis", "pytest", "translate-toolkit")
# Tools, the shell's examples and benchmarks are no matter of the versions that users have.
SUITE: Final = ("--ignore=tests/examples", "--ignore=tests/bench", "--ignore=tests/docs")
# cryptography before 50 reads such a key (the pass is refused all the same, for its signature), before 47 it warns of a
# long name each time that it is asked for, and once it called a key of an unknown kind damaged.
NEWER: Final = (
    "not unused_bits_of_the_key and not long_name_is_read_without_a_warning and not kind_that_nobody_knows_is_named"
)


def run(*command: str | Path, cwd: Path, quiet: bool = True) -> str:
    """Run a command and return what it printed; its failure ends the script."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    done = subprocess.run([str(one) for one in command], cwd=cwd, env=clean, capture_output=quiet, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stdout or ''}{done.stderr or ''}")
    return done.stdout or ""


def environment(folder: Path, *packages: str | Path, constraints: Path | None = None) -> Path:
    """Return the Python of a new virtual environment that holds ``packages``."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    limits = ("-c", constraints) if constraints else ()
    run(python, "-m", "pip", "install", "--quiet", *limits, *packages, cwd=folder)
    return python


def copy_of(source: Path, target: Path) -> Path:
    """Copy the tree, with times of now and without what is not its own."""
    stray = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "out", "dist", "build")
    return Path(shutil.copytree(source, target, ignore=stray, copy_function=shutil.copyfile))


def built(python: Path, tree: Path) -> dict[str, bytes]:
    """Return wheel and sdist of a tree, by name."""
    run(python, "-m", "hatchling", "build", "-d", "dist", cwd=tree)
    return {one.name: one.read_bytes() for one in sorted((tree / "dist").iterdir())}


def names_in_wheel(wheel: Path) -> list[str]:
    """Return the files of a wheel, once they are what they should be: the package, all of it, and its metadata."""
    names = zipfile.ZipFile(wheel).namelist()
    source = ROOT / "src"
    ours = {str(one.relative_to(source)) for one in source.rglob("*") if one.is_file() and not STRAY.search(str(one))}
    languages = sum(name.startswith("walletcard/words/languages/") for name in names)
    package = {name for name in names if not re.match(r"walletcard-[^/]+\.dist-info/", name)}
    require(package == ours, f"the wheel differs from src: {sorted(package ^ ours)[:5]}")
    require(not [name for name in names if STRAY.search(name)], "the wheel holds a stray file")
    require(all(f"walletcard/{one}" in names for one in DATA), "the wheel lacks data of the package")
    require(languages >= 5, f"{languages} languages in the wheel")
    require(any(name.endswith("licenses/LICENSE") for name in names), "the wheel lacks its licence")
    return names


def names_in_sdist(sdist: Path) -> list[str]:
    """Return the files of an sdist, without their common folder, once they are what they should be."""
    with tarfile.open(sdist) as opened:
        files = {one.name.split("/", 1)[1]: opened.extractfile(one) for one in opened.getmembers() if one.isfile()}
        keys = [name for name, file in files.items() if file and PRIVATE_KEY.search(file.read())]
    names = [*files]
    require(not keys, f"the sdist holds a private key: {keys[:5]}")
    require(all(one in names for one in TOP), f"the sdist lacks {[one for one in TOP if one not in names]}")
    require(any(name.startswith("tests/") for name in names), "the sdist lacks the tests")
    stray = [name for name in names if STRAY.search(name)]
    require(not stray, f"the sdist holds {stray[:5]}")
    return names


def require(holds: bool, message: str) -> None:
    """End the script unless something holds."""
    if not holds:
        sys.exit(f"failed: {message}")


def floors() -> list[str]:
    """Return the oldest packages allowed, as pip takes them; every dependency must name one, and no newest."""
    lines = []
    for one in PROJECT["dependencies"]:
        found = FLOOR.fullmatch(one)
        require(found is not None, f"{one} has no floor, or a bound above it")
        if found:
            lines.append(f"{found[1]}=={found[2]}{found[3] or ''}")
    return lines


def try_build(folder: Path) -> tuple[Path, Path]:
    """Build twice and once more, compare, list; return the tree and its wheel."""
    python = environment(
        folder / "tools", *tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    )
    first, second = copy_of(ROOT, folder / "one"), copy_of(ROOT, folder / "elsewhere" / "two")
    made, again = built(python, first), built(python, second)
    require(made == again, "two builds differ")
    wheel, sdist = (next(first / "dist" / name for name in made if name.endswith(end)) for end in (".whl", ".tar.gz"))
    with tarfile.open(sdist) as opened:
        opened.extractall(folder / "unpacked", filter="data")
    unpacked = next((folder / "unpacked").iterdir())
    require(built(python, unpacked)[wheel.name] == made[wheel.name], "the wheel of the sdist differs")
    for name, content in made.items():
        print(f"{name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")  # noqa: T201
    print(f"wheel: {len(names_in_wheel(wheel))} files; sdist: {len(names_in_sdist(sdist))} files")  # noqa: T201
    print("two builds and the build of the sdist are the same, byte for byte")  # noqa: T201
    return first, wheel


def try_install(folder: Path, wheel: Path) -> None:
    """Install the wheel with the newest packages, and use it."""
    python = environment(folder / "fresh", wheel)
    run(python, "-m", "pip", "check", cwd=folder)
    said = run(python, "-W", "error", "-m", "walletcard", "demo", "--out", folder / "demo", cwd=folder)
    require((folder / "demo").is_dir() and any((folder / "demo").iterdir()), f"the demo wrote nothing: {said}")
    clock = "import time; a = time.process_time(); import walletcard; print(time.process_time() - a)"
    best = min(float(run(python, "-c", clock, cwd=folder)) for _ in range(5))
    require(best < IMPORT_SECONDS, f"import walletcard takes {best:.3f} s")
    print(f"installed, pip check passes, the demo runs; import walletcard takes {best * 1000:.0f} ms of CPU")  # noqa: T201


def try_floors(folder: Path, tree: Path, wheel: Path) -> None:
    """Run the suite with the oldest packages allowed."""
    limits = folder / "floors.txt"
    limits.write_text("\n".join(floors()) + "\n", encoding="utf-8")
    python = environment(folder / "oldest", wheel, *TEST_TOOLS, constraints=limits)
    run(python, "-m", "pip", "check", cwd=folder)
    print(f"oldest: {', '.join(floors())}")  # noqa: T201
    sys.stdout.flush()
    run(python, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *SUITE, "-k", NEWER, cwd=tree, quiet=False)


def main() -> None:
    """Try all of it; anything wrong ends it with a message."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--floors", action="store_true", help="also run the suite with the oldest packages allowed")
    given = parser.parse_args()
    floors()
    with TemporaryDirectory() as name:
        folder = Path(name)
        tree, wheel = try_build(folder)
        try_install(folder, wheel)
        if given.floors:
            try_floors(folder, tree, wheel)


if __name__ == "__main__":
    main()
