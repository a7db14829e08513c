import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.apple import chain, faces

from walletcard.apple import Identity, build, check, pass_json, sign
from walletcard.errors import InvalidCardError, InvalidDocumentError, KeyMaterialError
from walletcard.model import Design, Field, Picture

Pictures = dict[str, Picture]


def opened(pkpass: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pkpass)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(pkpass: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(opened(pkpass)["pass.json"])
    return found


def codes(error: InvalidDocumentError) -> list[str]:
    return [one.code for one in error.issues]


def refused(**given: Any) -> InvalidDocumentError:
    with pytest.raises(InvalidDocumentError) as caught:
        build(given.pop("face", faces.cafe()), at=chain.AT, **given)
    return caught.value


# What comes out.


def test_pass_holds_its_document_and_pictures(identity: Identity, pictures: Pictures) -> None:
    files = opened(build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT))

    assert list(files) == sorted([*pictures, "manifest.json", "pass.json", "signature"])
    assert json.loads(files["pass.json"]) == pass_json(faces.cafe(), identity=identity, pictures=pictures)
    assert {name: files[name] for name in pictures} == {name: one.png for name, one in pictures.items()}


def test_manifest_lists_every_file_with_its_hash(identity: Identity, pictures: Pictures) -> None:
    files = opened(build(faces.spa(), identity=identity, pictures=pictures, at=chain.AT))
    listed = json.loads(files.pop("manifest.json"))
    del files["signature"]

    assert listed == {name: hashlib.sha1(body, usedforsecurity=False).hexdigest() for name, body in files.items()}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second opinion")
def test_openssl_verifies_the_signature_against_the_root(
    identity: Identity, pictures: Pictures, tmp_path: Path
) -> None:
    files = opened(build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT))
    for name in ("manifest.json", "signature"):
        (tmp_path / name).write_bytes(files[name])
    root = tmp_path / "root.pem"
    root.write_bytes(chain.pem(chain.authority()))

    verify = ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-purpose", "any", "-partial_chain"]
    moment = ["-attime", str(int(chain.AT.timestamp()))]
    given = ["-content", "manifest.json", "-in", "signature", "-CAfile", "root.pem"]
    done = subprocess.run([*verify, *moment, *given], cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout == files["manifest.json"]


def test_same_card_time_and_key_give_the_same_bytes(identity: Identity, pictures: Pictures) -> None:
    turned = dict(reversed(pictures.items()))

    one = build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT)
    two = build(faces.cafe(), identity=identity, pictures=turned, at=chain.AT)

    assert one == two


def test_pictures_may_be_plain_bytes(identity: Identity, pictures: Pictures) -> None:
    plain = {name: one.png for name, one in pictures.items()}

    one = build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT)
    two = build(faces.cafe(), identity=identity, pictures=plain, at=chain.AT)

    assert one == two


def test_document_is_written_as_utf8(identity: Identity, pictures: Pictures) -> None:
    content = opened(build(faces.spa(), identity=identity, pictures=pictures, at=chain.AT))["pass.json"]

    assert "ביקורים".encode() in content


def test_voided_and_expired_cards_can_still_be_built(identity: Identity, pictures: Pictures) -> None:
    past = chain.AT - timedelta(days=1)
    closed = replace(faces.cafe(), state="closed")
    expired = replace(faces.cafe(), state="expired", expires=past)

    one = document(build(closed, identity=identity, pictures=pictures, at=chain.AT))
    two = document(build(expired, identity=identity, pictures=pictures, at=chain.AT))

    assert one["voided"] is True
    assert "voided" not in two
    assert two["expirationDate"] == past.isoformat()


# What is refused.


@pytest.mark.parametrize("pictures", [None, {}])
def test_pass_without_an_icon_is_not_built(identity: Identity, pictures: Mapping[str, Picture] | None) -> None:
    error = refused(identity=identity, pictures=pictures)

    assert codes(error) == ["image.icon-missing"]


def test_every_error_of_card_document_and_files_is_raised_at_once(identity: Identity) -> None:
    pale = replace(faces.cafe(), design=Design(background="#3B2418", foreground="#4A3020"))
    extra = {"expirationDate": "tomorrow", "passTypeIdentifier": "pass.other"}

    error = refused(face=pale, identity=identity, extra=extra)

    assert set(codes(error)) == {"color.contrast", "time.format", "id.mismatch", "image.icon-missing"}


def test_warnings_do_not_stop_a_build(identity: Identity, pictures: Pictures) -> None:
    surplus = tuple(Field.front(f"k{number}", "Label", "Value") for number in range(6))
    face = replace(faces.cafe(), fields=surplus)

    assert "field.count" in {one.code for one in check(face, at=chain.AT)}
    assert build(face, identity=identity, pictures=pictures, at=chain.AT)


def test_allow_overrules_a_rule_by_its_code(identity: Identity, pictures: Pictures) -> None:
    extra = {"expirationDate": "2026-12-31"}

    made = build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT, extra=extra, allow=("time.format",))

    assert document(made)["expirationDate"] == "2026-12-31"


def test_allow_takes_one_code_as_text_and_no_part_of_it(identity: Identity) -> None:
    assert build(faces.cafe(), identity=identity, at=chain.AT, allow="image.icon-missing")
    assert codes(refused(identity=identity, allow="image.icon-missing-too")) == ["image.icon-missing"]


def test_primary_field_over_the_stamps_is_refused(identity: Identity, pictures: Pictures) -> None:
    face = replace(faces.cafe(), fields=(Field(key="p", label="P", value="1", slot="primary"),))

    error = refused(face=face, identity=identity, pictures=pictures)

    assert (error.code, error.where) == ("strip.primary", "face.fields")


def test_primary_field_over_a_plain_picture_is_fine() -> None:
    cafe = faces.cafe()
    assert cafe.strip is not None
    plain = replace(cafe.strip, mode="plain", cells=0, filled=0)
    primary = (Field(key="p", label="P", value="1", slot="primary"),)

    assert check(replace(cafe, strip=plain, fields=primary), at=chain.AT) == ()


def test_expired_certificate_stops_the_build(identity: Identity, pictures: Pictures) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        build(
            faces.cafe(),
            identity=identity,
            pictures=pictures,
            at=chain.AT + timedelta(days=400),
            allow=("key.expired",),
        )

    assert caught.value.code == "key.expired"


def test_naive_time_is_refused_everywhere(identity: Identity, pictures: Pictures) -> None:
    naive = chain.AT.replace(tzinfo=None)

    acts: tuple[Callable[[], object], ...] = (
        lambda: check(faces.cafe(), at=naive),
        lambda: build(faces.cafe(), identity=identity, pictures=pictures, at=naive),
        lambda: sign({}, {}, identity=identity, at=naive),
    )
    for act in acts:
        with pytest.raises(InvalidCardError) as caught:
            act()
        assert caught.value.code == "time.naive"


@pytest.mark.parametrize("wrong", [None, b"p12 bytes", "pass.p12"])
def test_what_is_no_identity_is_said_so(wrong: Any) -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: build(faces.cafe(), identity=wrong),
        lambda: sign({}, {}, identity=wrong),
    )
    for act in acts:
        with pytest.raises(KeyMaterialError) as caught:
            act()
        assert (caught.value.code, caught.value.where) == ("key.missing", "identity")


def test_what_is_no_face_is_said_so(identity: Identity) -> None:
    wrong: Any = {"id": "CK-1"}

    acts: tuple[Callable[[], object], ...] = (lambda: check(wrong), lambda: build(wrong, identity=identity))
    for act in acts:
        with pytest.raises(InvalidCardError) as caught:
            act()
        assert caught.value.code == "face.type"


# Extra keys.


def test_extra_is_joined_into_the_document(identity: Identity, pictures: Pictures) -> None:
    extra = {
        "storeCard": {"backFields": [{"key": "new", "value": "x"}]},
        "userInfo": {"a": 1},
        "sharingProhibited": None,
    }

    made = document(build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT, extra=extra))

    assert made["storeCard"]["backFields"] == [{"key": "new", "value": "x"}]
    assert made["storeCard"]["headerFields"][0]["value"] == "6 of 9"
    assert made["userInfo"] == {"a": 1}
    assert "sharingProhibited" not in made


def test_extra_of_a_wrong_type(identity: Identity) -> None:
    error = refused(identity=identity, extra=[("userInfo", {})])

    assert (error.code, error.where) == ("extra.invalid", "extra")


def test_extra_that_json_cannot_hold_is_named(identity: Identity, pictures: Pictures) -> None:
    error = refused(identity=identity, pictures=pictures, extra={"userInfo": {"since": chain.AT}})

    assert (error.code, error.where) == ("json.value", "pass.json userInfo.since")


@pytest.mark.parametrize("extra", [{1: 2}, {"userInfo": {1: 2}}, {"userInfo": [{"a": {None: 1}}]}])
def test_extra_with_a_key_that_is_no_text_is_refused_and_not_signed(identity: Identity, extra: Any) -> None:
    error = refused(identity=identity, extra=extra, allow=("image.icon-missing", "extra.invalid", "json.unknown"))

    assert error.code == "extra.invalid"
    assert check(faces.cafe(), at=chain.AT, allow=("color.contrast",)) == ()


def test_extra_that_contains_itself_is_named(identity: Identity) -> None:
    ring: dict[str, Any] = {}
    ring["more"] = [ring, ring]

    error = refused(identity=identity, extra={"userInfo": ring}, allow="image.icon-missing")

    assert {one.code for one in error.issues} == {"json.value"}


@pytest.mark.parametrize("given", [{1: 2}, {"userInfo": {1: 2}}, {"userInfo": {"a": [({2.5: 1},)]}}])
def test_document_with_a_key_that_is_no_text_is_never_signed(identity: Identity, given: dict[Any, Any]) -> None:
    allowed = ("json.required", "json.unknown", "style.missing", "image.icon-missing", "json.value")

    with pytest.raises(InvalidDocumentError) as caught:
        sign(given, {}, identity=identity, at=chain.AT, allow=allowed)

    assert codes(caught.value) == ["json.value"]
    assert "is not text" in caught.value.message


def test_check_foresees_what_a_build_with_extra_keys_would_refuse(identity: Identity, pictures: Pictures) -> None:
    extra = {"expirationDate": "tomorrow", "sharingProhibited": None}

    foreseen = check(faces.cafe(), pictures=pictures, identity=identity, at=chain.AT, extra=extra)

    assert [one.code for one in foreseen] == codes(refused(identity=identity, pictures=pictures, extra=extra))
    assert [one.code for one in foreseen] == ["time.format"]
    assert check(faces.cafe(), at=chain.AT, extra=extra, allow=("time.format",)) == ()


# Checking.


def test_good_card_has_no_issue(identity: Identity, pictures: Pictures) -> None:
    for face in (faces.cafe(), faces.spa()):
        assert check(face, at=chain.AT) == ()
        assert check(face, pictures=pictures, identity=identity, at=chain.AT) == ()


def test_check_judges_pictures_only_when_they_are_given() -> None:
    assert check(faces.cafe(), at=chain.AT) == ()
    assert [one.code for one in check(faces.cafe(), pictures={}, at=chain.AT)] == ["image.icon-missing"]


def test_check_tells_of_dates_and_contrast(identity: Identity) -> None:
    pale = replace(faces.cafe(), design=Design(background="#3B2418", label="#4A3020"))

    issues = check(pale, identity=identity, at=chain.AT + timedelta(days=350))

    assert {(one.code, one.severity) for one in issues} == {
        ("color.contrast", "error"),
        ("key.expires-soon", "warning"),
    }
    assert "color.contrast" not in {one.code for one in check(pale, at=chain.AT, allow=("color.contrast",))}


@pytest.mark.parametrize("plain", [False, True])
def test_stamps_that_are_not_drawn_are_not_judged(plain: bool, identity: Identity, pictures: Pictures) -> None:
    cafe = faces.cafe()
    assert cafe.strip is not None
    faint = Design(background="#3B2418", disc="#3F281C", glyph="#3B2418", ring="#3F281C", mark="#3F281C")
    strip = replace(cafe.strip, mode="plain", cells=0, filled=0) if plain else None
    quiet, drawn = (replace(cafe, design=faint, strip=one) for one in (strip, cafe.strip))

    assert check(quiet, at=chain.AT) == ()
    assert build(quiet, identity=identity, pictures=pictures, at=chain.AT)
    assert {one.where for one in check(drawn, at=chain.AT)} == {
        f"design.{ink}" for ink in ("disc", "glyph", "ring", "mark")
    }
    pale = replace(quiet, design=replace(faint, label="#3F281C"))
    assert [one.where for one in check(pale, at=chain.AT)] == ["design.label"]


def test_check_tells_of_an_expired_card_that_a_phone_would_show_as_valid() -> None:
    face = replace(faces.cafe(), state="expired", expires=chain.AT + timedelta(days=1))

    assert [(one.code, one.severity) for one in check(face, at=chain.AT)] == [("face.expires", "warning")]


# Document height.


def test_sign_fills_in_the_ids_of_the_certificate(identity: Identity, pictures: Pictures) -> None:
    given = pass_json(faces.cafe())

    made = document(sign(given, pictures, identity=identity, at=chain.AT))

    assert (made["passTypeIdentifier"], made["teamIdentifier"]) == (chain.PASS_TYPE, chain.TEAM)
    assert "passTypeIdentifier" not in given


def test_sign_refuses_the_ids_of_another_certificate(identity: Identity, pictures: Pictures) -> None:
    given = pass_json(faces.cafe()) | {"teamIdentifier": "ZZZZZ00000"}

    with pytest.raises(InvalidDocumentError) as caught:
        sign(given, pictures, identity=identity, at=chain.AT)

    assert codes(caught.value) == ["id.mismatch"]


def test_sign_and_build_agree(identity: Identity, pictures: Pictures) -> None:
    given = pass_json(faces.cafe(), identity=identity)

    one = sign(given, pictures, identity=identity, at=chain.AT)

    assert one == build(faces.cafe(), identity=identity, pictures=pictures, at=chain.AT)


def test_sign_raises_every_problem(identity: Identity) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        sign({"formatVersion": "1"}, {"../x": b""}, identity=identity, at=chain.AT)

    assert set(codes(caught.value)) >= {
        "json.type", "json.required", "style.missing", "file.name", "image.icon-missing",
    }  # fmt: skip


@pytest.mark.parametrize("given", [None, "pass.json", b"{}", []])
def test_sign_refuses_what_is_no_document(identity: Identity, pictures: Pictures, given: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        sign(given, pictures, identity=identity, at=chain.AT)

    assert caught.value.code == "document.type"


@pytest.mark.parametrize(
    ("given", "files", "code"),
    [
        (None, {}, "document.type"),
        ({"formatVersion": float("inf")}, {}, "json.value"),
        ({"passTypeIdentifier": "pass.other"}, {}, "id.mismatch"),
        ({}, {"../x": b""}, "file.name"),
        ({}, {"signature": b""}, "file.reserved"),
        ({}, {"logo.png": "path"}, "file.type"),
        ({}, ["logo.png"], "file.type"),
    ],
)
def test_what_cannot_be_written_is_never_overruled(identity: Identity, given: Any, files: Any, code: str) -> None:
    allowed = ("json.type", "json.required", "style.missing", "image.icon-missing", "number.range", code)

    with pytest.raises(InvalidDocumentError) as caught:
        sign(given, files, identity=identity, at=chain.AT, allow=allowed)

    assert codes(caught.value) == [code]


@pytest.mark.parametrize("files", [None, ["icon.png"], "icons"])
def test_sign_refuses_what_are_no_files(identity: Identity, files: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        sign(pass_json(faces.cafe()), files, identity=identity, at=chain.AT)

    assert caught.value.code in ("file.type", "image.icon-missing")
