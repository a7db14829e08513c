"""One peer: installed into a throw-away place, started there, and asked for turns."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

SIDE: Final = Path(__file__).parent / "peer_side"


class PeerFailed(Exception):  # noqa: N818  # it is told, not raised to a user
    """A peer cannot take part; the text is one line."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What to install and what to start.

    Attributes:
        package: Its name in the registry.
        script: Ours, in ``peer_side``.
        arguments: For the script, after the folder of the material.
        since: The oldest version that is taken. A pre-release named here opens the door to newer ones of this package
            alone; ``pip --pre`` would take those of its dependencies too, with which one peer does not start.
        links: Makes save links, not passes.
    """

    package: str
    script: str
    arguments: tuple[str, ...] = ()
    since: str = ""
    links: bool = False

    @property
    def on_node(self) -> bool:
        return self.script.endswith(".mjs")


PEERS: Final = (
    Peer("py-pkpass", "devartis_family.py", ("py-pkpass", "py_pkpass.models")),
    Peer("wallet-py3k", "devartis_family.py", ("wallet-py3k", "wallet.models")),
    Peer("django-walletpass", "with_django.py"),
    Peer("edutap.wallet_apple", "edutap_apple.py", since=">=1.0.0a5"),
    Peer("passkit-generator", "passkit.mjs"),
    Peer("edutap.wallet_google", "edutap_google.py", since=">=3.0.0b2", links=True),
)


def install(peer: Peer, place: Path) -> list[str]:
    """Install into a folder of its own.

    Returns:
        The command that starts it there, without arguments.
    """
    home = place / peer.package
    if peer.on_node:
        if not (home / "node_modules").exists():
            home.mkdir(parents=True, exist_ok=True)
            _do(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(home), peer.package])
        return ["node", str(SIDE / peer.script)]
    python = home / "bin" / "python"
    if not python.exists():
        _do([sys.executable, "-m", "venv", str(home)])
        _do([str(python), "-m", "pip", "install", "--quiet", peer.package + peer.since])
    return [str(python), str(SIDE / peer.script)]


def _do(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerFailed(f"cannot be installed: {type(error).__name__} of {command[0]}") from None
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise PeerFailed(f"cannot be installed: {told[:160]}")


class Running:
    """A peer that waits for its turns.

    Attributes:
        peer: Which one.
        version: What is installed.
        uses: The ways it is used.
    """

    def __init__(self, peer: Peer, place: Path, material: Path) -> None:
        command = [*install(peer, place), str(material), *peer.arguments]
        if peer.on_node:
            command.append(str(place / peer.package))
        self.peer = peer
        # Its logs are its own affair; what counts comes on the other stream.
        self._process = subprocess.Popen(  # noqa: S603  # our own words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=material
        )
        try:
            told = self._answer()
        except PeerFailed:
            self.__exit__()
            raise
        self.version, self.uses = str(told["version"]), tuple(told["uses"])

    def shown(self, use: str, file: Path) -> bytes:
        """Return one of what it makes."""
        self._ask("show", use, str(file))
        return file.read_bytes()

    def seconds(self, use: str, turn: float) -> float:
        """Return the processor time of one, over one turn."""
        return float(self._ask("turn", use, str(turn))["seconds"])

    def _ask(self, *words: str) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101
        assert self._process.stderr is not None  # noqa: S101
        for line in self._process.stdout:
            if not line.startswith("{"):
                continue  # A peer that prints.
            told: dict[str, Any] = json.loads(line)
            if "error" in told:
                raise PeerFailed(f"failed: {told['error']}")
            return told
        reasons = self._process.stderr.read().strip().splitlines() or ["it ended"]
        raise PeerFailed(f"does not run: {reasons[-1][:160]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of_no_interest: object) -> None:
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        self._process.kill()
        self._process.wait()
