"""One pass in several languages: what stands in its folders, read back by another library and by our own reader."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import kinds
from tests.cards import at, cafe, priya
from translate.storage import properties

import walletcard as wc
from walletcard import apple, render, testing
from walletcard.apple._languages import folder_of, looked_up, translated
from walletcard.apple._strings import read, written
from walletcard.errors import InvalidCardError, InvalidDocumentError
from walletcard.model import BackText, Notice


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
    """Read a .strings file with our reader, and check that translate-toolkit's, which is not ours, agrees.

    It leaves escapes in keys as they are, so it is asked about the keys that have none.
    """
    theirs = properties.stringsfile()
    theirs.parse(data)
    ours = read(data)
    assert data.startswith(b"\xfe\xff")
    found = {str(unit.name): str(unit.source) for unit in theirs.units if "\\" not in unit.name}
    assert len(theirs.units) == len(ours)
    assert found == {key: text for key, text in ours.items() if key in found}
    return ours


def test_one_language_has_no_folder() -> None:
    english, _ = faces()

    assert not [name for name in built(english) if ".lproj" in name]


def test_a_label_that_is_empty_in_every_language_is_no_key() -> None:
    """An empty key ends the table for KDE's reader, and everything after it stays in the other language."""
    hebrew, english = kinds.event(), kinds.event(locale="en", title="Couples' massage")

    files = built(hebrew, english)

    assert json.loads(files["pass.json"])["eventTicket"]["primaryFields"][0]["label"] == ""
    for language in ("en", "he"):
        assert "" not in table(files[f"{language}.lproj/pass.strings"])


def test_a_label_that_is_empty_in_one_language_is_looked_up_in_the_others() -> None:
    one, other = {"label": ""}, {"label": "WHAT"}
    document, files = translated(
        {"coupon": {"primaryFields": [one]}}, "he", {"en": {"coupon": {"primaryFields": [other]}}}
    )

    shown = [looked_up(document, read(files[f"{language}.lproj/pass.strings"])) for language in ("he", "en")]

    assert [made["coupon"]["primaryFields"][0]["label"] for made in shown] == ["", "WHAT"]


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

    assert read(written({evil: evil, "line": "one\ntwo\t\\n"})) == {evil: evil, "line": "one\ntwo\t\\n"}


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=5))
def test_any_text_comes_back_as_it_was(texts: dict[str, str]) -> None:
    assert read(written(texts)) == texts


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_every_encoding_of_the_world_is_read(encoding: str) -> None:
    text = '/* the label */\n"Stamps" = "חותמות"; // note\nbare.key = "\\U05D0";\n'
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    assert read(mark + text.encode(encoding)) == {"Stamps": "חותמות", "bare.key": "א"}


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b'"a" = "b";\n"c" = ;', "strings.syntax", "pass.strings line 2"),
        (b'"a" = "b"', "strings.syntax", "pass.strings line 1"),
        (b"\xff\xfe\x00", "strings.encoding", "pass.strings"),
        (b"\xc3(", "strings.encoding", "pass.strings"),
        (b" " * 1_000_001, "strings.size", "pass.strings"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data: bytes, code: str, where: str) -> None:
    with pytest.raises(InvalidDocumentError) as refused:
        read(data)

    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (lambda: faces()[0], "translations.language"),
        (lambda: "he", "face.type"),
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


PLAIN = wc.Design(background="#3B2418")
NOTICE = Notice(id="sunday", key="notice", text="Open on Sunday")
LOGO = replace(PLAIN, logo=render.qr("logo"))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"links": (kinds.BOOK,)}, {}, "storeCard.backFields.0.label is missing in he"),
        ({}, {"links": (kinds.BOOK,)}, "storeCard.backFields.0.label is only in he"),
        ({"notices": (NOTICE,)}, {}, "storeCard.backFields.0.label is missing in he"),
        ({}, {"notices": (NOTICE,)}, "storeCard.backFields.0.label is only in he"),
        ({}, {"design": LOGO}, "logoText is missing in he"),
    ],
)
def test_what_one_language_says_more_than_another_is_named(
    one: dict[str, Any], other: dict[str, Any], said: str
) -> None:
    texts: dict[str, Any] = {"issuer": "Kettle", "title": "Card", "description": "A card", "design": PLAIN}

    with pytest.raises(InvalidCardError) as refused:
        built(
            *(wc.Face(**{"id": "CK-1", **texts, **own}) for own in ({"locale": "en", **one}, {"locale": "he", **other}))
        )

    assert (refused.value.code, refused.value.where) == ("translations.fields", "translations")
    assert refused.value.message == said


@pytest.mark.parametrize(
    ("written", "read_as"), [("\\UD83D\\UDE00 \\u05e9", "😀 ש"), ("\\UD83D!", "\N{REPLACEMENT CHARACTER}!")]
)
def test_a_letter_escaped_in_two_halves_is_one_and_half_a_letter_is_none(written: str, read_as: str) -> None:
    assert read(f'"smile" = "{written}";'.encode()) == {"smile": read_as}
