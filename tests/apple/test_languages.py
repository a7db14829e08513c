"""One pass in several languages: what stands in its folders, read back by a grammar that the writer does not share."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from tests.cards import at, cafe, priya

import walletcard as wc
from walletcard import apple, render, testing
from walletcard.apple._languages import folder_of, strings
from walletcard.errors import InvalidCardError
from walletcard.model import BackText

LINE = re.compile(r'"((?:[^"\\]|\\.)*)" = "((?:[^"\\]|\\.)*)";\n')
UNESCAPED = {"\\n": "\n", "\\t": "\t", "\\r": "\r", '\\"': '"', "\\\\": "\\"}


def two_languages() -> wc.Program:
    return cafe(
        name={"en": "Copper Kettle Coffee", "he": "הקומקום"},
        issuer={"en": "Copper Kettle", "he": "הקומקום"},
        rule_text=None,
        back=(BackText({"en": "Find us", "he": "איפה אנחנו"}, {"en": 'Mill "Lane"\nBath', "he": "רחוב\\הטחנה"}),),
        stamps={"unit": "stamps", "reward": wc.Reward(id="coffee", title={"en": "Free coffee", "he": "קפה חינם"})},
        words={},
    )


def faces() -> tuple[wc.Face, wc.Face]:
    club = two_languages()
    card = priya(club, 7)
    return wc.face(club, card, at=at(10)), wc.face(club, card, at=at(10), locale="he")


def built(face: wc.Face, *others: wc.Face) -> dict[str, bytes]:
    identity = testing.throwaway_identity(at=at(10))
    pictures = render.pictures(face, wallet="apple")
    data = apple.build(face, identity=identity, pictures=pictures, translations=others, at=at(10))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(data: bytes) -> dict[str, str]:
    """Read a .strings file without our writer: its own grammar, line by line."""
    assert data.startswith(b"\xfe\xff")
    text = data.decode("utf-16")
    assert LINE.sub("", text) == ""
    undo = re.compile(r"\\.")

    def plain(quoted: str) -> str:
        return undo.sub(lambda found: UNESCAPED[found.group()], quoted)

    return {plain(key): plain(value) for key, value in LINE.findall(text)}


def looked_up(document: Any, words: dict[str, str]) -> Any:
    """What a phone shows: every text that the table knows, in its words."""
    if isinstance(document, dict):
        return {key: looked_up(value, words) for key, value in document.items()}
    if isinstance(document, list):
        return [looked_up(value, words) for value in document]
    return words.get(document, document) if isinstance(document, str) else document


def test_one_language_has_no_folder() -> None:
    english, _ = faces()

    assert not [name for name in built(english) if ".lproj" in name]


def test_each_language_shows_its_own_face() -> None:
    english, hebrew = faces()

    files = built(english, hebrew)

    document = json.loads(files["pass.json"])
    assert {name for name in files if ".lproj" in name} == {"en.lproj/pass.strings", "he.lproj/pass.strings"}
    for locale, face in (("en", english), ("he", hebrew)):
        shown = looked_up(document, table(files[f"{locale}.lproj/pass.strings"]))
        expected = apple.pass_json(face)
        assert shown["storeCard"] == expected["storeCard"]
        assert (shown["logoText"], shown["organizationName"]) == (expected["logoText"], expected["organizationName"])


def test_every_folder_has_the_same_keys_and_english_is_always_there() -> None:
    english, hebrew = faces()

    files = built(hebrew, english)
    alone = built(hebrew, english)

    tables = [set(table(data)) for name, data in files.items() if name.endswith(".strings")]
    assert tables[0] == tables[1]
    assert "en.lproj/pass.strings" in alone


def test_without_english_the_own_language_stands_in_its_folder() -> None:
    club = cafe(
        locale="he",
        name={"he": "הקומקום", "ru": "Чайник"},
        issuer={"he": "הקומקום", "ru": "Чайник"},
        rule_text=None,
        back=(),
        stamps={"unit": "stamps", "reward": wc.Reward(id="coffee", title={"he": "קפה", "ru": "Кофе"})},
        words={},
    )
    card = priya(club, 3)
    own, other = wc.face(club, card, at=at(10)), wc.face(club, card, at=at(10), locale="ru")

    files = built(own, other)

    assert {name.split(".")[0] for name in files if ".lproj" in name} == {"en", "he", "ru"}
    assert files["en.lproj/pass.strings"] == files["he.lproj/pass.strings"]


def test_one_text_with_two_meanings_keeps_both() -> None:
    def face(locale: str, one: str, two: str) -> wc.Face:
        fields = (wc.Field.front("a", "A", one), wc.Field.front("b", "B", two))
        return wc.Face(
            id="A1", issuer="I", title="T", description="D", locale=locale, fields=fields,
            design=wc.Design(background="#3B2418"),
        )  # fmt: skip

    files = built(face("en", "Free", "Free"), face("de", "Gratis", "Frei"))

    shown = looked_up(json.loads(files["pass.json"]), table(files["de.lproj/pass.strings"]))
    assert [field["value"] for field in shown["storeCard"]["secondaryFields"]] == ["Gratis", "Frei"]
    english = looked_up(json.loads(files["pass.json"]), table(files["en.lproj/pass.strings"]))
    assert [field["value"] for field in english["storeCard"]["secondaryFields"]] == ["Free", "Free"]


@pytest.mark.parametrize(
    ("tag", "folder"), [("en-GB", "en"), ("he", "he"), ("zh-Hans", "zh-Hans"), ("zh-Hans-CN", "zh-Hans")]
)
def test_folders_are_languages_without_regions(tag: str, folder: str) -> None:
    assert folder_of(tag) == folder


def test_hostile_texts_cannot_leave_their_line() -> None:
    evil = 'x"; "logoText" = "evil\\'

    assert table(strings({evil: evil})) == {evil: evil}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (lambda: faces()[0], "translations.language"),
        (lambda: "he", "translations.type"),
        (lambda: wc.face(two_languages(), priya(two_languages()), at=at(10), locale="he"), "translations.fields"),
    ],
)
def test_what_is_no_translation_is_refused(other: Any, code: str) -> None:
    english, _ = faces()

    with pytest.raises(InvalidCardError) as refused:
        built(english, other())
    assert refused.value.code == code


def test_a_field_in_one_language_only_is_named() -> None:
    english, _ = faces()
    club = two_languages()
    done, _outcome = wc.apply(club, priya(club, 8), wc.Event.visit(id="a", at=at(10)))
    full = wc.face(club, done, at=at(10), locale="he")

    with pytest.raises(InvalidCardError) as refused:
        built(english, full)

    assert refused.value.code == "translations.fields"
    assert '"left"' in refused.value.message
