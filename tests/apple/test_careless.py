"""What makers write carelessly: what is made of it, and what whoever reads it is told."""

import codecs
import dataclasses
import json
from random import Random
from typing import Any

import pytest
from tests.apple.conftest import png
from tests.apple.forge import Member, zipped
from tests.apple.test_read import OWN, PASS, refused

from walletcard import apple
from walletcard.apple._package import read_document
from walletcard.apple._strings import read
from walletcard.errors import InvalidDocumentError, PassReadError

DAMAGED = "the file is damaged: ask its maker for a new copy"
MAKER = "do not use the file; ask its maker for a new copy"
STRICT = "holds comments or a comma too many; remove them: strict readers refuse it"
SAVE = "save it as UTF-16 with a byte order mark"
FIRST = f"note json.lenient pass.json line 1: {STRICT}"


def of_document(text: bytes | str) -> apple.Package:
    """Return a pass with this document."""
    return apple.read(zipped(Member("pass.json", text if isinstance(text, bytes) else text.encode())))


def notes(package: apple.Package) -> list[str]:
    return [f"{one.severity} {one.code} {one}" for one in package.issues]


@pytest.mark.parametrize(
    ("text", "document", "said"),
    [
        ('// x\n{"a":1 /* , */}', {"a": 1}, [FIRST]),
        ('{"a":1}//', {"a": 1}, [FIRST]),
        ('{"a":1}/* x', {"a": 1}, [FIRST]),
        ('{\n"a":1,\n}', {"a": 1}, [f"note json.lenient pass.json line 2: {STRICT}"]),
        ('{"a":[1 , ] , "b":{ "c":2 ,\n} }', {"a": [1], "b": {"c": 2}}, [FIRST]),
        ('{"a":1, // one\n "b":2 /* two\n */ , // three\n}', {"a": 1, "b": 2}, [FIRST]),
        ('\n{"a":1,}', {"a": 1}, [FIRST.replace("line 1", "line 2")]),
        ('{"a":1,/**/"b":2}', {"a": 1, "b": 2}, [FIRST]),
        ('{"a":"1,","b":[true,"]"]}', {"a": "1,", "b": [True, "]"]}, []),
        ('{"a":{"b":[]},"c":[1,{}]}', {"a": {"b": []}, "c": [1, {}]}, []),
        (
            '{"a":1,"a":2,"a":3,"b":{"c":1,"c":2}}',
            {"a": 3, "b": {"c": 2}},
            [
                'note json.duplicate pass.json: "c" is there twice; the last one counts; keep one',
                'note json.duplicate pass.json: "a" is there twice; the last one counts; keep one',
            ],
        ),
        (
            '[{"a":1,"a":2},{"a":1,"a":2}]'.join(['{"x":', "}"]),
            {"x": [{"a": 2}, {"a": 2}]},
            ['note json.duplicate pass.json: "a" is there twice; the last one counts; keep one'],
        ),
        (
            codecs.BOM_UTF16_LE + '{"a":"é"}'.encode("utf-16-le"),
            {"a": "é"},
            ["note json.bom pass.json: starts with a byte order mark; save it as plain UTF-8"],
        ),
        (
            codecs.BOM_UTF16_BE + '{"a":"é"}'.encode("utf-16-be"),
            {"a": "é"},
            ["note json.bom pass.json: starts with a byte order mark; save it as plain UTF-8"],
        ),
        (
            codecs.BOM_UTF8 + '{"a":"é"}'.encode(),
            {"a": "é"},
            ["note json.bom pass.json: starts with a byte order mark; save it as plain UTF-8"],
        ),
    ],
)  # fmt: skip
def test_a_careless_document_is_read_and_noted(text: bytes | str, document: Any, said: list[str]) -> None:
    package = of_document(text)

    assert package.pass_json == document
    assert notes(package) == said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a":1}\n\n,', "syntax pass.json line 3: not JSON"),
        ('{"a":1,,}', "syntax pass.json line 1: not JSON"),
        ('{"a":1 "b":2}', "syntax pass.json line 1: not JSON"),
        ('/* 1\n2 */{"a":1\n"b"}', "syntax pass.json line 3: not JSON"),
        ("// 1\n// 2\n{", "syntax pass.json line 3: not JSON"),
        ('{"a": 1/2}', "syntax pass.json line 1: not JSON"),
        ("{}}", "syntax pass.json line 1: not JSON"),
        ("", "syntax pass.json line 1: not JSON"),
        (codecs.BOM_UTF16_LE + b"{", "encoding pass.json: not UTF-16-LE"),
        (codecs.BOM_UTF8 + b"\xff", "encoding pass.json: not UTF-8"),
        (b'{"a": -Infinity}', "number pass.json: -Infinity is not a number of JSON"),
        ('{"a":' + "9" * 9_999 + "}", "number pass.json: holds a number of thousands of digits"),
        (b" " * 1_000_001, "size pass.json: 1_000_001 bytes, over 1_000_000"),
        ("[" + "[]," * 300 + "[" * 100 + "]" * 101, "depth pass.json: nested over 100 levels"),
        ("[" * 101 + "]" * 101, "depth pass.json: nested over 100 levels"),
        ("[" + "1," * 50_000 + "]", "size pass.json: has over 100_000 parts"),
    ],
)  # fmt: skip
def test_a_document_that_is_none_is_refused_with_its_line(text: bytes | str, line: str) -> None:
    with pytest.raises(PassReadError) as caught:
        of_document(text)

    assert f"{caught.value.code} {caught.value}" == f"json.{line}; {DAMAGED}"


def test_a_document_has_100_levels_a_megabyte_and_100_000_parts() -> None:
    deep = '{"a":' + "[" * 99 + "]" * 99 + "}"
    many = '{"a":[' + "1," * 49_996 + "1]}//\n"  # Six marks, two texts, a colon, a comment, and what is in the list.

    assert of_document(deep).pass_json == json.loads(deep)
    assert of_document(b'{"a":1}'.ljust(1_000_000)).pass_json == {"a": 1}
    assert len(of_document(many).pass_json["a"]) == 49_997
    assert refused(zipped(Member("pass.json", (many + "//").encode()))).code == "json.size"


def test_a_bracket_that_closes_what_was_open_counts_one_level_less() -> None:
    text = '{"a":[' + "[]," * 300 + "[]]}"

    assert of_document(text).pass_json == json.loads(text)


@pytest.mark.parametrize(
    ("body", "table"),
    [
        ('"a" = "b";', {"a": "b"}),
        ('a.b-c_1="b";', {"a.b-c_1": "b"}),
        ('"a\\n\\t\\r\\"\\\\" = "\\u00e9\\U00E9\\q";', {'a\n\t\r"\\': "ééq"}),
        ('/* c */ // d\n"a"="b";"a"="c"; ', {"a": "c"}),
        ('"a"="/* no */ // no";', {"a": "/* no */ // no"}),
        ("", {}),
        ('""="b";', {"": "b"}),
        ('/* 1\n2 */"a"="b\nc\\\nd";', {"a": "b\nc\nd"}),
    ],
)
def test_a_table_of_texts_is_read_in_any_spelling(body: str, table: dict[str, str]) -> None:
    for data in (body.encode(), codecs.BOM_UTF8 + body.encode(), body.encode("utf-16")):
        package = apple.read(zipped(OWN, Member("fr.lproj/pass.strings", data)))

        assert (package.languages, package.issues) == ({"fr": table}, ())


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b'"a" = "b"', "syntax", 'fr.lproj/pass.strings line 1: not an entry; write "key" = "text";'),
        (b'\n\n"a"="b";x', "syntax", 'fr.lproj/pass.strings line 3: not an entry; write "key" = "text";'),
        (b'"a"\n\n', "syntax", 'fr.lproj/pass.strings line 1: not an entry; write "key" = "text";'),
        (b'"a"="\xff', "syntax", 'fr.lproj/pass.strings line 1: not an entry; write "key" = "text";'),
        (b"x" * 1_000_001, "size", "fr.lproj/pass.strings: 1_000_001 bytes, over 1_000_000; leave texts out"),
        (b'\xff\xfe"', "encoding", f"fr.lproj/pass.strings: not UTF-16-LE at byte 2; {SAVE}"),
        (b"\xfe\xff\xd8", "encoding", f"fr.lproj/pass.strings: not UTF-16-BE at byte 2; {SAVE}"),
    ],
)
def test_a_table_that_cannot_be_read_is_left_out_with_a_warning(body: bytes, code: str, said: str) -> None:
    package = apple.read(zipped(OWN, Member("fr.lproj/pass.strings", body)))

    assert package.languages == {}
    assert notes(package) == [f"warning strings.{code} {said}"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('"a" = "é";'.encode("utf-16-le"), "UTF-16 without its mark"),
        ('"a" = "é";'.encode("utf-16-be"), "UTF-16 without its mark"),
        (('"a" = "' + "é" * 300 + '";').encode("utf-16-be"), "UTF-16 without its mark"),
        ('"a" = "é";'.encode("latin-1"), "neither UTF-8 nor UTF-16; read as Latin-1"),
    ],
)
def test_an_encoding_that_was_guessed_is_noted(body: bytes, said: str) -> None:
    package = apple.read(zipped(OWN, Member("fr.lproj/pass.strings", body)))

    assert set(package.languages["fr"]["a"]) == {"é"}
    assert notes(package) == [f'note strings.encoding "fr.lproj/pass.strings": {said}; {SAVE}']


def test_a_table_of_a_megabyte_is_read() -> None:
    body = b'"a"="b";'.ljust(1_000_000)

    assert read(body) == {"a": "b"}
    with pytest.raises(InvalidDocumentError, match="1_000_001 bytes"):
        read(body + b" ")


def test_what_a_table_cannot_be_read_as_is_said_with_the_byte() -> None:
    for body, line in ((b'"a"="\xff', "not UTF-8 at byte 5"), (codecs.BOM_UTF8 + b'"\xff', "not UTF-8 at byte 4")):
        with pytest.raises(InvalidDocumentError) as caught:
            read(body)
        assert str(caught.value) == f"pass.strings: {line}; {SAVE}"


@pytest.mark.parametrize(
    "path", ["pass.strings", "x/fr.lproj/pass.strings", "fr.lproj/other.strings", "fr/pass.strings", "fr.lproj/x.txt"]
)
def test_a_table_lies_in_the_folder_of_its_language(path: str) -> None:
    package = apple.read(zipped(OWN, Member(path, b'"a"="b";')))

    assert (package.languages, package.issues) == ({}, ())
    assert set(package.files) == {"pass.json", path}


def test_pictures_are_found_anywhere_by_their_ending() -> None:
    package = apple.read(zipped(OWN, Member("icon.PNG", png(3, 3)), Member("fr.lproj/logo.png", png(4, 4))))

    assert {path: one.width for path, one in package.pictures.items()} == {"icon.PNG": 3, "fr.lproj/logo.png": 4}
    assert package.content() == package.pictures


def test_a_picture_that_is_none_is_a_warning_with_its_place() -> None:
    package = apple.read(zipped(OWN, Member("logo.png", b"GIF89a")))

    assert [(one.severity, one.code, one.where) for one in package.issues] == [
        ("warning", "image.invalid", '"logo.png"')
    ]
    assert package.issues[0].hint


def test_what_is_around_the_document_comes_before_what_is_in_it() -> None:
    package = apple.read(zipped(Member(".DS_Store", b"x"), Member("pass.json", b'{"a":1,}')))

    assert [one.code for one in package.issues] == ["zip.rubbish", "json.lenient"]


def test_a_bundle_is_told_from_a_pass() -> None:
    inner = zipped(OWN)
    assert str(refused(zipped(Member("b.pkpass", inner), Member("A.PKPASS", inner)))) == (
        "file: a bundle of 2 passes; use read_bundle()"
    )
    assert apple.read(zipped(OWN, Member("a.pkpass", inner))).files == {"pass.json": PASS, "a.pkpass": inner}
    assert [one.pass_json for one in apple.read_bundle(zipped(OWN, Member("a.pkpass", b"x")))] == [json.loads(PASS)]
    assert str(refused(zipped(Member("readme.txt", b"x")))) == "file: holds no pass.json; this is not a pass"
    assert len(apple.read_bundle(zipped(Member("readme.txt", b"x"), Member("A.PKPASS", inner)))) == 1


def test_a_bundle_holds_ten_passes() -> None:
    members = [Member(f"{number}.pkpass", zipped(OWN)) for number in range(11)]

    assert len(apple.read_bundle(zipped(*members[:10]))) == 10
    for reading in (apple.read_bundle, apple.read):
        with pytest.raises(PassReadError) as caught:
            reading(zipped(*members))
        assert (caught.value.code, str(caught.value)) == ("zip.entries", "file: 11 passes, over 10; make two bundles")


def test_what_is_wrong_with_a_pass_of_a_bundle_is_said_with_its_name() -> None:
    failed = "the download probably failed: fetch the file again"
    for inner, code, line in (
        (b"<html>", "zip.format", f'file: not a pass (starts "<html>"); {failed}'),
        (zipped(Member("pass.json", b"[]")), "json.object", f"pass.json: holds list, not an object; {MAKER}"),
    ):
        with pytest.raises(PassReadError) as caught:
            apple.read_bundle(zipped(Member("a.pkpass", inner)))
        assert (caught.value.code, str(caught.value)) == (code, f'"a.pkpass" {line}')


def test_the_passes_of_a_bundle_are_unpacked_to_24_megabytes_in_all() -> None:
    body = b"".join(bytes([one]) * 100 for one in Random(1).randbytes(60_000))  # noqa: S311
    image = Member("a.dat", body[len(PASS) :], method=8)
    three = [Member(f"{number}.pkpass", zipped(OWN, image)) for number in range(3)]
    last = zipped(OWN, Member("a.dat", body[len(PASS) :] + b"!", method=8))

    assert len(apple.read_bundle(zipped(*three, Member("3.pkpass", zipped(OWN, image))))) == 4
    with pytest.raises(PassReadError) as caught:
        apple.read_bundle(zipped(*three, Member("3.pkpass", last)))

    hint = "make its pictures smaller"
    assert str(caught.value) == f'"3.pkpass" file: 6_000_001 bytes unpacked, over 6_000_000; {hint}'


def test_a_path_is_no_pass() -> None:
    hint = "open the file and pass its bytes"

    assert str(refused("card.pkpass")) == f"file: got a text, need bytes; {hint}"
    assert str(refused(5)) == f"file: got 5, need bytes; {hint}"
    for whole in (bytearray(zipped(OWN)), memoryview(zipped(OWN))):
        assert apple.read(whole).files == {"pass.json": PASS}  # type: ignore[arg-type]  # Bytes of other kinds are let in.


def test_the_style_is_the_one_that_is_there() -> None:
    assert of_document('{"eventTicket":{}}').style == "eventTicket"
    assert of_document('{"other":{}}').style is None
    assert of_document("{}").kind == "pkpass"


def test_a_package_shows_neither_its_document_nor_its_bytes() -> None:
    package = of_document('{"authenticationToken":"vxwxd7J8AlNNFPS8k0a0FfUFtq0ewzFdc"}')

    assert "vxwxd7J8" not in repr(package)
    assert "pass.json" not in repr(package)


def test_a_bare_document_is_read_too() -> None:
    package = read_document(b'{"coupon":{},}')

    assert (package.pass_json, package.style, package.kind, package.files) == (
        {"coupon": {}},
        "coupon",
        "pass.json",
        {},
    )
    assert [one.code for one in package.issues] == ["json.lenient"]
    for wrong, line in ((b"[]", f"pass.json: holds list, not an object; {MAKER}"), ("{}", None)):
        with pytest.raises(PassReadError) as caught:
            read_document(wrong)  # type: ignore[arg-type]
        assert line is None or str(caught.value) == line


def test_what_goes_with_a_document_is_all_but_what_signing_writes() -> None:
    icon = Member("icon.png", png(3, 3))
    written = [Member(name, b"{}") for name in ("manifest.json", "signature")]
    document = Member("pass.json", b'{"passTypeIdentifier":"a","teamIdentifier":"b","serialNumber":"c","a":1}')

    package = apple.read(zipped(document, icon, Member("en.lproj/pass.strings", b""), *written))

    assert set(package.content()) == {"icon.png", "en.lproj/pass.strings"}
    assert package.content()["en.lproj/pass.strings"] == b""
    assert package.content()["icon.png"] is package.pictures["icon.png"]
    assert package.template == {"serialNumber": "c", "a": 1}


def test_what_was_read_does_not_change() -> None:
    package = of_document("{}")

    with pytest.raises(dataclasses.FrozenInstanceError):
        package.style = "coupon"  # type: ignore[misc]  # What is refused here.
    assert not hasattr(package, "__dict__")
    assert all(field.kw_only for field in dataclasses.fields(package))
