"""KDE's library for passes reads what we write: every style, every language, every picture."""

import pytest
from tests.readers import judge, programs
from tests.readers.judge import Seen
from tests.readers.samples import Sample

pytestmark = [
    pytest.mark.readers,
    pytest.mark.skipif(bool(programs.kde_lacks()), reason=programs.kde_lacks() or "-"),
]


@pytest.fixture(scope="module")
def seen(passes: list[Sample], tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    return judge.kde(passes, tmp_path_factory.mktemp("kde"))


def named(seen: list[Seen], name: str) -> Seen:
    return next(one for one in seen if one.name == name)


def test_it_shows_what_every_pass_says(seen: list[Seen]) -> None:
    assert [one.name for one in seen if not one.told["read"]] == []
    assert judge.wrong(seen) == {}


def test_it_knows_the_boat(seen: list[Seen]) -> None:
    assert named(seen, "ferry de").told["transit"] == "Boat"


def test_a_ticket_speaks_the_language_of_its_reader(seen: list[Seen]) -> None:
    large = {
        language: named(seen, f"couples-he-en {language}").told["primaryFields"][0]["value"]
        for language in ("he", "en")
    }

    assert large == {"he": "סדנת עיסוי לזוגות", "en": "Couples' massage"}


def test_it_finds_the_pictures_of_all_densities(seen: list[Seen]) -> None:
    assert named(seen, "cafe-en en").told["images"] == {
        "icon": [[38, 38], [76, 76], [114, 114]],
        "strip": [[375, 144], [750, 288], [1125, 432]],
    }


def test_it_tells_what_changed_and_where_the_card_is_wanted(seen: list[Seen]) -> None:
    told = named(seen, "gift en").told

    assert told["headerFields"][0]["change"] == "Voucher balance: £60.00"
    assert told["places"] == [{"latitude": 51.3781, "longitude": -2.3597, "text": "Your voucher is waiting."}]
