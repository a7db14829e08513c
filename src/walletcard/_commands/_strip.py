"""``strip``: a goal and a count in, the stamp picture of either wallet out."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from walletcard import render
from walletcard._commands._shell import GOOD, complain, say, shown, written
from walletcard.errors import WalletCardError
from walletcard.model import Design, Picture


def arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    command.add_argument("--cells", type=int, default=10, metavar="N", help="cells, 1 to 30 (10)")
    command.add_argument("--filled", type=int, default=0, metavar="N", help="stamps collected (0)")
    command.add_argument(
        "--milestone", type=int, action="append", default=[], metavar="CELL", help="a reward on the way"
    )
    command.add_argument("--reward", type=int, metavar="CELL", help="the cell of the final reward")
    command.add_argument(
        "--icon", default="star", help="car, cup, drop, gift, hands, heart, leaf, scissors, star, tick"
    )
    command.add_argument("--background", default="#3B2418", metavar="COLOUR", help="such as #3B2418")
    command.add_argument("--rtl", action="store_true", help="fill from the right, as Hebrew and Persian read")
    command.add_argument("--google", action="store_true", help="Google's hero, 1032x336 px, in place of Apple's strip")
    command.add_argument("--scale", type=int, default=3, choices=(1, 2, 3), help="pixels a point of Apple's strip (3)")
    command.add_argument("--out", type=Path, default=Path("strip.png"), metavar="FILE.png", help="(strip.png)")
    command.set_defaults(run=_strip)


def _strip(given: argparse.Namespace) -> int:
    try:
        picture = _picture(given)
        path = written(given.out, picture.png)
    except WalletCardError as error:
        return complain(error)
    say(f"{shown(str(path))}  {picture.width}x{picture.height} px, {len(picture.png):,} bytes")
    return GOOD


def _picture(given: argparse.Namespace) -> Picture:
    plain = Design(background=given.background, icon=given.icon).strip(direction="rtl" if given.rtl else "ltr")
    spec = replace(
        plain,
        mode="grid",
        cells=given.cells,
        filled=given.filled,
        milestones=tuple(given.milestone),
        reward_at=given.reward,
    )
    return render.hero(spec) if given.google else render.strip(spec, scale=given.scale)
