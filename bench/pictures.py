"""What pictures cost: drawn for the first time, and asked for again."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PIL import Image

from bench._effort import Effort
from bench._results import Result, Target, duration
from bench._rounds import RAW, Job, take_turns
from bench._subject import raw_signing
from walletcard import Design, Picture, render
from walletcard.model import StripSpec
from walletcard.render import _icons, _photo, _sprites, _strip

DESIGN = Design(background="#3B2418", disc="#F2C179", ring="#A98467", mark="#FFF6E9", icon="cup")
TEN = replace(DESIGN.strip(direction="ltr"), mode="grid", cells=10, filled=6, reward_at=10)
PROGRAMME = tuple(replace(TEN, filled=filled, lit=filled == 10) for filled in range(11))
SCALES = (1, 2, 3)
OTHERS = {
    "thirty stamps": replace(TEN, cells=30, reward_at=30),
    "bar": replace(TEN, mode="bar", cells=0, filled=0, reward_at=None, value=560, start=500, end=600, ticks=(580,)),
    "closed": replace(TEN, look="closed"),
}


def results(effort: Effort) -> list[Result]:
    """Measure."""
    raw = raw_signing()
    on_photo = replace(TEN, photo=_with_photo().strip(direction="ltr").photo)
    drawn: dict[str, tuple[Job, Target | None]] = {
        "strip of ten, three scales, first time": (partial(all_scales, TEN), Target(30)),
        **{f"strip of ten at {scale}x, first time": (_at(scale), None) for scale in SCALES},
        "all strips of a ten-stamp programme": (lambda: [all_scales(one) for one in PROGRAMME], Target(300)),
        **{f"strip, {name}, first time": (partial(all_scales, spec), None) for name, spec in OTHERS.items()},
        "strip, on a photo, first time": (partial(all_scales, on_photo), None),
    }
    found = [_first(name, job, raw, effort, target) for name, (job, target) in drawn.items()]
    size = len(render.strip(TEN, scale=3).png) / 1000
    return [*found, *_again(raw, effort), Result("bytes of a flat strip at 3x", size, "kB", None, Target(16))]


def all_scales(spec: StripSpec) -> list[Picture]:
    """Return the strip of a pass."""
    return [render.strip(spec, scale=scale) for scale in SCALES]


def _at(scale: int) -> Job:
    return partial(render.strip, TEN, scale=scale)


def _first(name: str, job: Job, raw: Job, effort: Effort, target: Target | None) -> Result:
    """Measure what nothing is remembered of: forgetting takes its turn outside the clock."""
    shares, times = [], []
    for _ in range((effort.rounds + 1) // 2):
        signing = take_turns({RAW: raw}, rounds=1, turn=effort.turn / 2).seconds(RAW)
        forget()
        began = time.process_time()
        job()
        times.append(time.process_time() - began)
        shares.append(signing / times[-1])
    return Result(name, 1_000 * statistics.median(times), "ms", statistics.median(shares), target)


def _again(raw: Job, effort: Effort) -> Iterator[Result]:
    targets = {"strip of ten, three scales, again": Target(50)}
    jobs: dict[str, Job] = {"strip of ten, three scales, again": partial(all_scales, TEN)}
    jobs |= {f"strip of ten at {scale}x, again": _at(scale) for scale in SCALES}
    turns = take_turns({RAW: raw, **jobs}, rounds=effort.rounds, turn=effort.turn)
    for name in jobs:
        yield duration(name, seconds=turns.seconds(name), share=turns.share(name), target=targets.get(name))


def forget() -> None:
    """Empty everything that is kept."""
    for module in (_strip, _sprites, _icons, _photo):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


def _with_photo() -> Design:
    sky = Image.merge("RGB", [Image.linear_gradient("L").resize((1125, 432))] * 3)
    grain = Image.merge("RGB", [Image.effect_noise((1125, 432), 40)] * 3)
    file = io.BytesIO()
    Image.blend(sky, grain, 0.3).save(file, "PNG")
    return replace(DESIGN, photo=Picture(file.getvalue()))
