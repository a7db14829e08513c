"""The table that ships is the one that the script makes of Google's document."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from walletcard import google
from walletcard.google._types import types

ROOT = Path(__file__).parents[2]
TABLE = Path(google.__file__).with_name("_types.json")


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
