"""Every invariant after every step, whatever the programme, and whatever happens to the card in whatever order.

About 10,000 steps here; ``scripts/try_streams.py`` makes as many as it is asked for.
"""

from random import Random

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests.loyalty.streams import Stream

CHANCES = st.randoms(use_true_random=False)


class Life(RuleBasedStateMachine):
    """A card in a random programme; `Stream` judges it after every step, and once more at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.stream: Stream | None = None
        self.chance = Random(0)  # noqa: S311  # chance, not a secret

    @initialize(chance=CHANCES, settles=st.booleans(), seed=st.integers(0, 2**32))
    def join(self, chance: Random, settles: bool, seed: int) -> None:
        self.stream = Stream(chance, settles=settles)
        self.chance = Random(seed)  # noqa: S311

    @rule(chance=CHANCES)
    def happens(self, chance: Random) -> None:
        assert self.stream is not None
        self.stream.step(chance, thorough=self.stream.steps % 4 == 0)

    def teardown(self) -> None:
        if self.stream is not None:
            self.stream.finish(self.chance)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=220, stateful_step_count=50, phases=[Phase.generate]
)  # a stream shrinks slowly
