"""GNOME Passes imports what we write and shows it in a window, from the left and from the right."""

import pytest
from tests.readers import judge, programs
from tests.readers.judge import Seen
from tests.readers.samples import Sample

pytestmark = [
    pytest.mark.readers,
    pytest.mark.skipif(bool(programs.gnome_lacks()), reason=programs.gnome_lacks() or "-"),
]


@pytest.fixture(scope="module")
def seen(passes: list[Sample], tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    return list(judge.gnome(passes, tmp_path_factory.mktemp("gnome")))


def test_it_imports_every_pass_and_holds_what_it_says(seen: list[Seen]) -> None:
    assert [one.name for one in seen if not one.told["read"]] == []
    assert judge.wrong(seen) == {}


def test_the_code_is_read_off_the_screen(seen: list[Seen]) -> None:
    assert {one.name: one.codes for one in seen} == {one.name: one.wanted for one in seen}


def test_every_card_stands_in_the_window_in_its_colour(seen: list[Seen]) -> None:
    assert [one.name for one in seen if not one.painted] == []


def test_a_hebrew_window_stands_the_other_way_round(seen: list[Seen]) -> None:
    """The list of passes takes the first third: on the left in English, on the right in Hebrew."""
    [english], [hebrew] = (lines_of_the_title(one) for one in seen if one.name in ("gift en", "event he"))

    assert 200 < english < 400
    assert 600 < hebrew < 800


def lines_of_the_title(seen: Seen) -> list[int]:
    """Return where lines cross the top of the window, above every letter and button."""
    assert seen.screen is not None
    row = list(seen.screen.convert("L").crop((20, 10, 980, 11)).tobytes())
    return [20 + x for x in range(1, len(row)) if row[x] < row[x - 1]]
