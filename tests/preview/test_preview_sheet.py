from datetime import UTC, datetime
from typing import Any

import pytest
from tests import cards

import walletcard as wc
from walletcard import preview
from walletcard.errors import InvalidCardError
from walletcard.model import Milestone

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_every_stamp_count_is_there_in_both_wallets(read: Any) -> None:
    page = read(preview.sheet(cards.cafe(), at=AT))

    counts = [f"{n} of 9" for n in range(9)]
    states = ["9 of 9: complete", "reward waiting, next card begun", "reward used", "closed"]
    assert len(page.attributes("figure", "shot")) == 2 * len([*counts, *states])
    assert len(page.attributes("article", "apple")) == len(page.attributes("article", "google")) == 13
    for words in (*counts, *states):
        assert words in page.texts
    assert page.balanced
    assert page.open == []


def test_each_card_is_the_one_that_its_words_say(read: Any) -> None:
    page = preview.sheet(cards.cafe(), at=AT)

    for cell in page.split('<figure class="shot">')[1:10]:
        words = cell.split("<figcaption>")[-1].split("<")[0]
        assert f"<dd><bdi>{words}</bdi></dd>" in cell


def test_a_programme_with_limits_and_milestones_has_a_sheet(read: Any) -> None:
    page = read(preview.sheet(cards.spa(), at=AT))

    assert len(page.attributes("article", "apple")) == 6 + 4
    assert {part["dir"] for part in page.attributes("article")} == {"rtl"}


def test_stamps_given_for_joining_are_counted(read: Any) -> None:
    page = preview.sheet(cards.cafe(stamps={"join_stamps": 3}), at=AT)

    cells = page.split('<figure class="shot">')[1:7]
    assert [cell.split("<figcaption>")[-1].split("<")[0] for cell in cells] == [f"{n} of 9" for n in range(3, 9)]
    for cell, count in zip(cells, range(3, 9), strict=True):
        assert f"<dd><bdi>{count} of 9</bdi></dd>" in cell


def test_the_reward_that_was_used_is_the_final_one_and_not_one_on_the_way() -> None:
    soon = wc.Reward(id="cake", title="Cake", valid_days=1)
    club = cards.cafe(stamps={"milestones": (Milestone(at=3, reward=soon),)}, welcome=soon)

    page = preview.sheet(club, at=AT)

    used = next(cell for cell in page.split('<figure class="shot">') if "<figcaption>reward used<" in cell)
    assert "<dd><bdi>0 of 9</bdi></dd>" in used


def test_a_programme_without_stamps_has_none() -> None:
    club = wc.Program(
        id="club", name="Club", issuer="Club", locale="en-GB", zone="Europe/London",
        points=wc.Points(earn=(wc.Earn(metric="visit", points=10),)), design=wc.Design(background="#123"),
    )  # fmt: skip

    with pytest.raises(InvalidCardError) as caught:
        preview.sheet(club, at=AT)

    assert caught.value.code == "stamps.missing"


def test_colours_that_cannot_be_told_apart_are_told_once_a_wallet(read: Any) -> None:
    program = cards.cafe(design=wc.Design(background="#3B2418", foreground="#402A1E"))

    page = read(preview.sheet(program, at=AT))

    assert page.attributes("figure", "shot") == []
    assert page.texts.count("This card cannot be built.") == 2
