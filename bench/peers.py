"""The same pass made by others, in the same run: ``python -m bench.peers [--place DIR]``.

Every peer is installed into an environment that is thrown away afterwards (``--place`` keeps it). It gets the same
texts, pictures and key, and counts only when OpenSSL verifies what it makes. Each is measured as its documentation
uses it and, beside it, at its best. What it is held against does the same work as it does: `apple.sign` makes a pass
of a document and pictures, `save_link` a link of a card, both with the key kept and with all their checks.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench._effort import FULL, QUICK, Effort
from bench._material import ISSUER, Material
from bench._peer import PEERS, Peer, PeerFailed, Running
from bench._results import Result, Target, speed, table
from bench._rounds import RAW, Job, take_turns
from bench._subject import AT, raw_signing
from walletcard import apple, google

DOCUMENTED = "as documented"
OURS = "walletcard, "
FASTER = "  walletcard is faster by"
# Part 7 names these; wallet-py3k and the links of edutap.wallet_google stand beside them without a target.
NAMED = ("passkit-generator", "py-pkpass", "edutap.wallet_apple", "django-walletpass")
AT_LEAST = Target(80, at_least=True)


def results(effort: Effort, place: Path | None = None) -> tuple[list[Result], list[str]]:
    """Measure.

    Returns:
        The lines, and a sentence about each peer that could not take part.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_peers:
        material = Material(Path(folder) / "material")
        place = Path(folder) / "peers" if place is None else place.absolute()
        running, absent = [], []
        for peer in PEERS:
            try:
                running.append(open_peers.enter_context(_started(peer, place, material)))
            except PeerFailed as reason:
                absent.append(f"{peer.package}: {reason}")
        return [*_measured(running, material, effort)], absent


def _started(peer: Peer, place: Path, material: Material) -> Running:
    """Return a peer whose work, in each of its uses, OpenSSL has verified."""
    running = Running(peer, place, material.home)
    try:
        for use in running.uses:
            _require_verified(running, use, material)
    except PeerFailed:
        running.__exit__()
        raise
    return running


def _require_verified(running: Running, use: str, material: Material) -> None:
    made = running.shown(use, material.home / "made")
    flaw = material.flaw_of_link(made) if running.peer.links else material.flaw_of_pass(made)
    if flaw:
        raise PeerFailed(f"{running.version}, {use}, does not count: {flaw}")


def _measured(running: list[Running], material: Material, effort: Effort) -> Iterator[Result]:
    """Let all take turns, ours among them."""
    own = {RAW: raw_signing(), False: _our_pass(material), True: _our_link(material)}
    spent: dict[object, list[float]] = {key: [] for key in own}
    uses = [(peer, use) for peer in running for use in peer.uses]
    spent.update({(peer.peer.package, use): [] for peer, use in uses})
    for _ in range(max(3, effort.rounds // 2)):
        for key, job in own.items():
            spent[key].append(take_turns({"own": job}, rounds=1, turn=effort.turn).seconds("own"))
        for peer, use in uses:
            spent[peer.peer.package, use].append(peer.seconds(use, effort.turn))

    def faster(key: object, than: object) -> float:
        return statistics.median(b / a for a, b in zip(spent[key], spent[than], strict=True))

    for key, name in ((False, "apple.sign"), (True, "google.save_link")):
        yield speed(f"{OURS}{name}", seconds=statistics.median(spent[key]), share=faster(key, RAW))
    for peer, use in uses:
        key, package = (peer.peer.package, use), peer.peer.package
        name = f"{package} {peer.version}, {use}"
        yield speed(name, seconds=statistics.median(spent[key]), share=faster(key, RAW))
        target = AT_LEAST if use == DOCUMENTED and package in NAMED else None
        yield Result(FASTER, faster(peer.peer.links, key), "x", None, target)


def _our_pass(material: Material) -> Job:
    document, pictures = json.loads((material.home / "pass.json").read_bytes()), material.pictures
    return lambda: apple.sign(document, pictures, identity=material.identity, at=AT)


def _our_link(material: Material) -> Job:
    return lambda: google.save_link(material.face, account=material.account, issuer_id=ISSUER, at=AT)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter turns")
    parser.add_argument("--place", type=Path, help="keep the environment here, and use it again")
    args = parser.parse_args()
    found, absent = results(QUICK if args.quick else FULL, args.place)
    print(table(found), *absent, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
