"""The table that ships is the one that the script makes of Google's document."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest

from walletcard import google
from walletcard.google import typed
from walletcard.google._types import types

ROOT = Path(__file__).parents[2]
TABLE = Path(google.__file__).with_name("_types.json")
TYPED = TABLE.with_name("typed.py")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    pytest.importorskip("googleapiclient", reason="google-api-python-client, the source of the table, is not installed")
    path = ROOT / "scripts" / "make_google_types.py"
    if not path.exists():
        pytest.skip("scripts/make_google_types.py is not part of this source tree")
    spec = importlib.util.spec_from_file_location("make_google_types", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_making_the_table_again_gives_the_same_bytes(script: ModuleType) -> None:
    document = script.read_document()
    if document["revision"] != json.loads(TABLE.read_bytes())["revision"]:
        pytest.skip(f"google-api-python-client holds another revision, {document['revision']}")

    assert script.build_types(document) == TABLE.read_bytes()


def test_making_the_typed_dictionaries_again_gives_the_same_bytes(script: ModuleType) -> None:
    assert script.build_typed(TABLE.read_bytes()) == TYPED.read_bytes()


def test_a_typed_dictionary_has_the_keys_of_its_type() -> None:
    for name, type_ in types().items():
        hints = get_type_hints(getattr(typed, name), include_extras=True)
        sent = {key for key, entry in type_.entries.items() if not entry.deprecated}

        assert sent - hints.keys() <= {"classReference", "hasLinkedDevice", "hasUsers", "review", "infoModuleData"}
        assert hints.keys() <= type_.entries.keys()
        assert getattr(typed, name).__required_keys__ <= hints.keys()
    assert sorted(typed.__all__) == typed.__all__ == sorted(types())


def test_an_editor_and_the_lint_agree() -> None:
    title: typed.LocalizedString = {"defaultValue": {"language": "en", "value": "Still Waters"}}
    card: typed.GenericObject = {"id": "3388.a.1", "classId": "3388.a", "cardTitle": title, "header": title}

    assert google.lint("GenericObject", card) == ()


def test_the_table_says_which_revision_it_is() -> None:
    table = json.loads(TABLE.read_bytes())

    assert table["revision"].isdigit()
    assert table["source"].endswith("walletobjects.v1.json")


def test_the_table_has_every_type_that_it_names() -> None:
    known: Any = types()

    assert {
        f"{name}{part}"
        for name in ("EventTicket", "Flight", "Generic", "GiftCard", "Loyalty", "Offer", "Transit")
        for part in ("Class", "Object")
    } <= known.keys()
    assert all(
        entry.of is None or entry.of is known[entry.of.name] for one in known.values() for entry in one.entries.values()
    )
    assert {entry.kind for one in known.values() for entry in one.entries.values()} == {
        "boolean",
        "double",
        "enum",
        "int32",
        "int64",
        "object",
        "string",
    }


def test_modern_and_old_enum_values_are_told_apart() -> None:
    values = types()["Barcode"].entries["type"].values

    assert values["QR_CODE"] == ""
    assert values["qrCode"] == values["qrcode"] == "QR_CODE"
    assert "BARCODE_TYPE_UNSPECIFIED" not in values
