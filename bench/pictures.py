"""What the pictures cost: ``python bench/pictures.py``.

Cold (nothing kept), warm (asked again), all strips of a ten-stamp programme, a photo, and the bytes of each; each time
is the best of several runs. Part 7 of the design asks for <= 30 ms, <= 50 µs, <= 300 ms and <= 16 kB of flat art.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from walletcard import Design, Picture, render
from walletcard.model import StripSpec
from walletcard.render import _icons, _photo, _sprites, _strip

DESIGN = Design(background="#3B2418", disc="#F2C179", ring="#A98467", mark="#FFF6E9", icon="cup")
SPEC = replace(DESIGN.strip(direction="ltr"), mode="grid", cells=10, filled=6, reward_at=10)
SPECS = {
    "ten stamps": SPEC,
    "thirty stamps": replace(SPEC, cells=30, reward_at=30),
    "bar": replace(SPEC, mode="bar", cells=0, filled=0, reward_at=None, value=560, start=500, end=600, ticks=(580,)),
    "plain": replace(SPEC, mode="plain", cells=0, filled=0, reward_at=None),
    "closed": replace(SPEC, look="closed"),
}


def photo() -> Picture:
    """Return a photo with some grain."""
    sky = Image.merge("RGB", [Image.linear_gradient("L").resize((1125, 432))] * 3)
    grain = Image.merge("RGB", [Image.effect_noise((1125, 432), 40)] * 3)
    file = io.BytesIO()
    Image.blend(sky, grain, 0.3).save(file, "PNG")
    return Picture(file.getvalue())


def forget() -> None:
    """Empty everything that is kept."""
    for kept in (
        _strip._drawn, _sprites._drawn, _sprites._awaiting, _sprites.pill, _icons.trimmed, _icons.portrait,
        _photo.ground, _photo.veil, _photo._opaque,
    ):  # fmt: skip
        kept.cache_clear()


def best(work: Callable[[], object], *, before: Callable[[], object] = lambda: None, runs: int = 7) -> float:
    """Return the milliseconds of CPU of the fastest run."""
    times = []
    for _ in range(runs):
        before()
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * min(times)


def all_scales(spec: StripSpec) -> list[Picture]:
    """Draw the strip of a pass."""
    return [render.strip(spec, scale=scale) for scale in (1, 2, 3)]


def many(spec: StripSpec) -> None:
    """Ask a thousand times for what is kept."""
    for _ in range(1000):
        all_scales(spec)


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201


def main() -> None:
    """Measure, and say."""
    render.strip(SPEC)
    say(f"{'':16}{'all scales, cold':>18}{'again':>10}{'3x':>10}{'hero':>10}{'artwork':>10}")
    seen = replace(DESIGN, photo=photo())
    shown = SPECS | {"photo": replace(SPEC, photo=seen.strip(direction="ltr").photo, colours=seen.palette)}
    for name, spec in shown.items():
        cold = best(lambda spec=spec: all_scales(spec), before=forget)  # type: ignore[misc]  # bound at once
        warm = best(lambda spec=spec: many(spec))  # type: ignore[misc]
        sizes = [len(one.png) for one in (render.strip(spec), render.hero(spec), render.artwork(spec))]
        say(f"{name:16}{cold:15.1f} ms{warm:7.1f} µs" + "".join(f"{size / 1000:7.1f} kB" for size in sizes))
    programme = [replace(SPEC, filled=filled, lit=filled == 10) for filled in range(11)]
    time_ = best(lambda: [all_scales(spec) for spec in programme], before=forget)
    say(f"all strips of a ten-stamp programme, eleven at three scales: {time_:.0f} ms")
    one = best(lambda: render.strip(shown["photo"]), before=_strip._drawn.cache_clear)
    say(f"one more stamp on a photo, 3x: {one:.0f} ms")


if __name__ == "__main__":
    main()
