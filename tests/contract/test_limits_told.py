"""What is too much is told in words, and what is just within is taken."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import pytest
from tests.cards import cafe
from tests.contract import doors, large

import walletcard as wc
from walletcard import apple, google, render
from walletcard.errors import InvalidCardError, KeyMaterialError, RenderError, WalletCardError


def told(act: Any) -> WalletCardError:
    with pytest.raises(WalletCardError) as caught:
        act()
    return caught.value


def test_more_files_than_a_reader_takes_are_one_issue() -> None:
    files = {f"{number}.png": b"" for number in range(251)}

    [issue] = [one for one in apple.lint({}, files=files) if one.code.startswith(("file.", "image."))]

    assert str(issue) == "files: 251 files, over 250; leave out what phones do not show"
    assert issue.severity == "error"
    del files["0.png"]
    assert "file.count" not in {one.code for one in apple.lint({}, files=files)}


def test_after_ten_thousand_problems_the_rest_is_one_more() -> None:
    fields = [{"key": "a"}] * 11_000
    modules = [{"textModulesDatas": 1}] * 11_000

    of_apple = apple.lint({"formatVersion": 1, "storeCard": {"backFields": fields}})
    of_google = google.lint("LoyaltyObject", {"textModulesData": modules})

    for issues in (of_apple, of_google):
        assert [one.code for one in issues].count("document.more") == 1
        assert 10_000 < len(issues) < 10_100


def test_a_document_of_five_million_characters_is_none_of_googles() -> None:
    [issue] = google.lint("LoyaltyObject", {"accountName": "a" * 5_000_000})

    assert (issue.code, issue.severity) == ("document.size", "error")
    assert "document.size" not in {one.code for one in google.lint("LoyaltyObject", {"accountName": "a" * 4_000_000})}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[" * 300_001,
            "program: over 300_000 parts; a program stays under that: begin a new card, or store less on this one",
        ),
        (
            "a" * 24_000_001,
            "program: 24_000_001 characters; a program stays under 24_000_000: make its pictures smaller",
        ),
        (b"a" * 30_000_001, "program: 30_000_001 bytes; a program stays under 30_000_000"),
    ],
)
def test_a_text_that_no_value_writes_is_refused_before_it_is_read(text: Any, said: str) -> None:
    assert str(told(lambda: wc.Program.from_json(text))) == said


def test_a_card_of_thirty_thousand_events_comes_back() -> None:
    club = cafe(limits=wc.Limits())
    card = wc.replay(club, wc.join(club, id="A", at=doors.AT), large.events(2_000))
    text = card.to_json()

    assert wc.Card.from_json(text) == card
    parts = sum(map(text.count, "[{,"))
    assert parts / 2_000 * 30_000 < 300_000


@pytest.mark.parametrize(("width", "height"), [(10_001, 1), (1, 10_001)])
def test_a_picture_that_is_a_line_is_refused(width: int, height: int) -> None:
    error = told(lambda: wc.Picture(large.png(width, height, kind=0), where="logo"))

    assert isinstance(error, InvalidCardError)
    assert str(error) == f"logo: {width}x{height} px, over 10_000 on a side; make it smaller"


def test_a_png_cut_into_very_many_parts_is_refused_and_one_in_some_is_not() -> None:
    fine = large.png(9, 9, *[large.chunk(b"tEXt", b"a\0b")] * 900)

    error = told(lambda: render.fit(large.png(9, 9, *[large.chunk(b"tEXt", b"a\0b")] * 10_001), slot="logo"))

    assert isinstance(error, RenderError)
    assert "over 10_000 parts" in str(error)
    assert render.fit(fine, slot="logo").width > 0
    assert struct.unpack(">I", fine[16:20]) == (9,)


def test_a_png_has_one_colour_profile_at_most() -> None:
    profile = large.chunk(b"iCCP", b"a\0\0" + zlib.compress(b"profile"))

    error = told(lambda: render.fit(large.png(9, 9, profile, profile), slot="logo"))

    assert isinstance(error, RenderError)
    assert "the PNG is damaged" in str(error)
    assert render.fit(large.png(9, 9, profile), slot="logo").width > 0


def test_files_of_keys_have_a_size() -> None:
    error = told(large.from_pem(key="-----BEGIN PRIVATE KEY-----" + "A" * 5_000_000))
    assert isinstance(error, KeyMaterialError)
    assert "over 5_000_000; pass one key or some certificates" in str(error)

    account = told(lambda: google.ServiceAccount.from_json(json.dumps({"a": "b" * 100_000})))
    assert "bytes, a key file has about 2_400" in str(account)


def test_a_file_that_asks_for_very_many_rounds_of_its_password_is_refused() -> None:
    error = told(large.opened(large.p12(mac=10**9)))

    assert isinstance(error, KeyMaterialError)
    assert (error.code, error.where) == ("key.rounds", "p12")
    assert "the work of more than 2_000_000 rounds of its password" in str(error)
    assert told(large.from_pem(key=large.key_of(10**9), password="p")).code == "key.rounds"
    assert large.opened(large.p12(key=300_000))().pass_type == doors.identity().pass_type
