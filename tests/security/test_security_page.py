"""What ``SECURITY.md`` says in short, the guide says in full."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORT = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
GUIDE = " ".join((ROOT / "docs" / "guide" / "security.md").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "said",
    [
        "behind your back", "memory", "frames are yours", "SHA-1", "can be photographed", "never tried on a phone here",
        "token", "signed link", "password",
    ],
)  # fmt: skip
def test_both_pages_say_it(said: str) -> None:
    assert said in SHORT
    assert said in GUIDE


def test_the_short_page_leads_to_the_long_one() -> None:
    assert "(docs/guide/security.md)" in SHORT
    assert "Report a weakness" in SHORT
    assert "SECURITY.md" in GUIDE
