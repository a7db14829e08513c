"""The README's Python runs, and its test command is what CI calls."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_readme_has_a_quick_start() -> None:
    assert BLOCKS


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_every_python_block_of_the_readme_runs(number: int) -> None:
    """Blocks build on each other from the top, as a reader runs them."""
    space: dict[str, object] = {}

    for place, block in enumerate(BLOCKS[: number + 1]):
        exec(compile(block, f"README block {place + 1}", "exec"), space)  # noqa: S102  # our own page

    assert space


def test_ci_calls_the_readmes_test_command() -> None:
    commands = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    tests = next(line for block in commands for line in block.splitlines() if "pytest" in line)

    assert tests.split("&&")[-1].strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", README):
        assert (ROOT / target).exists(), target
