"""The command line of both bulk examples, and the identity that signs: loaded from files, wherever it is needed."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from _bulk import UNFINISHED, Roll, clean
from _bulk_sample import write_sample

import walletcard as wc
from walletcard import apple, testing


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the key lies. This travels to other processes, the key never: each loads it from its own disk."""

    p12: Path
    password: Path | None
    wwdr: Path

    def load(self) -> apple.Identity:
        """Read the files. It costs as much as a hundred passes, so it is done once a process."""
        password = self.password.read_text(encoding="utf-8").rstrip("\r\n") if self.password else None
        return apple.Identity.from_p12(self.p12.read_bytes(), password=password, intermediate=self.wwdr.read_bytes())


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for.

    Attributes:
        roll: Who gets a pass.
        out: Where to.
        at: The moment of signing.
        workers: Threads, or processes.
        keys: Where the key lies.
        identity: The same, loaded; it cannot leave this process.
    """

    roll: Roll
    out: Path
    at: datetime
    workers: int
    keys: KeyFiles
    identity: apple.Identity


def job(about: str) -> Job:
    """Read the command line, and refuse at once what would fail at every row."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--members", type=Path, required=True, help="CSV with the columns id,name,stamps,locale")
    parser.add_argument("--out", type=Path, default=Path("passes"), help="folder for the passes (default: passes)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="default: one for each core")
    parser.add_argument("--at", type=_moment, default=datetime.now(UTC), help="moment of signing; default: now")
    parser.add_argument("--sample", type=int, metavar="N", help="write N made-up members to --members, and stop")
    parser.add_argument("--p12", type=Path, help="your Pass Type ID certificate with its key")
    parser.add_argument("--password-file", type=Path, help="a file that holds the password of the .p12")
    parser.add_argument("--wwdr", type=Path, help="AppleWWDRCAG4.cer")
    args = parser.parse_args()
    if (args.p12 is None) != (args.wwdr is None):
        parser.error("--p12 and --wwdr go together")
    if args.workers < 1:
        parser.error("--workers: give 1 or more")
    if args.sample is not None:
        write_sample(args.members, args.sample)
        parser.exit(0, f"{args.members}: {args.sample:,} made-up members\n")
    try:
        roll = Roll(args.members)
        clean(args.out)
        keys = _given(args) if args.p12 else _throwaway(args.out, args.at)
        identity = keys.load()
    except (OSError, ValueError, wc.WalletCardError) as error:
        parser.error(str(error))
    refused = [issue for issue in identity.problems(args.at) if issue.severity == "error"]
    if refused:
        parser.error(str(refused[0]))
    return Job(roll, args.out, args.at, args.workers, keys, identity)


def _given(args: argparse.Namespace) -> KeyFiles:
    password = args.password_file and args.password_file.absolute()
    return KeyFiles(args.p12.absolute(), password, args.wwdr.absolute())


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError("needs a zone, such as 2026-11-21T16:00:00+00:00")
    return at


def _throwaway(out: Path, at: datetime) -> KeyFiles:
    """Return an identity for trying out, made once in a folder: the next run goes on with the same one."""
    home = out.absolute() / "throwaway"
    if not home.exists():
        identity = testing.throwaway_identity(at=at)
        made = Path(tempfile.mkdtemp(dir=out, prefix=UNFINISHED))
        (made / "pass.p12").write_bytes(identity.p12())
        (made / "wwdr.pem").write_bytes(identity.intermediate_pem)
        (made / "root.pem").write_bytes(identity.root_pem)
        try:
            made.rename(home)
        except OSError:  # Another process was faster, and its identity is as good.
            shutil.rmtree(made)
    return KeyFiles(home / "pass.p12", None, home / "wwdr.pem")
