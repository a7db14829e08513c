"""Google's discovery document in, ``_types.json`` and ``typed.py`` of ``src/walletcard/google`` out.

The document comes with ``google-api-python-client`` (Apache 2.0); what is kept of it are facts: names, types, enum
values, deprecations, recommended lengths, and which keys are required or exclude each other. Run it after an upgrade
of that package; the result is the same, byte for byte, for the same document::

    python scripts/make_google_types.py
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[1] / "src" / "walletcard" / "google"
TARGET: Final = FOLDER / "_types.json"
TYPED: Final = FOLDER / "typed.py"
DOCUMENT: Final = "discovery_cache/documents/walletobjects.v1.json"

_ROOTS: Final = re.compile(r"(EventTicket|Flight|Generic|GiftCard|Loyalty|Offer|Transit)(Class|Object)|Resources")
_ALIAS: Final = re.compile(r"alias for `([A-Z0-9_]+)`")
_LENGTH: Final = re.compile(
    r"Recommended maximum (?:length )?is (\d+) characters(?! for)|after the first (\d+) characters"
)
_REQUIRED: Final = re.compile(
    r"^Required\.|\bRequired for each nested|"
    r"\bThis (?:is|field is) (?:a )?required(?: and| (?:field|property) (?:of|for)|\.)"
)
_EXCLUSIVE: Final = re.compile(r"Both `(\w+)` and `(\w+)` may not be set|Exactly one of this or `(\w+)` needs")
_SCALARS: Final = {("string", None): "string", ("string", "int64"): "int64", ("integer", "int32"): "int32"}
_SCALARS.update({("boolean", None): "boolean", ("number", "double"): "double"})
# Said only in Google's guides: https://developers.google.com/wallet/retail/loyalty-cards/use-cases
_GUIDE_LENGTHS: Final = {
    "AppLinkData.displayText": 30,
    "ValueAddedModuleData.body": 50,
    "ValueAddedModuleData.header": 60,
}


def read_document() -> Mapping[str, Any]:
    """Return the discovery document of the installed google-api-python-client."""
    import googleapiclient

    found: Mapping[str, Any] = json.loads((Path(googleapiclient.__file__).parent / DOCUMENT).read_bytes())
    return found


def build_types(document: Mapping[str, Any]) -> bytes:
    """Return the table of every type that a class, an object or a save link can hold."""
    schemas = document["schemas"]
    enums: dict[str, dict[str, str]] = {}
    types = {name: _fields(name, schemas[name], enums) for name in sorted(_reachable(schemas))}
    table = {"source": f"googleapiclient/{DOCUMENT}", "revision": document["revision"], "enums": enums, "types": types}
    return (json.dumps(table, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def _reachable(schemas: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = [name for name in schemas if _ROOTS.fullmatch(name)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_references(schemas[name]["properties"].values()))
    return found


def _references(properties: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    named = (one.get("$ref") or one.get("items", {}).get("$ref") for one in properties)
    return (name for name in named if name)


def _fields(name: str, schema: Mapping[str, Any], enums: dict[str, dict[str, str]]) -> dict[str, str]:
    return {key: _field(f"{name}.{key}", one, enums) for key, one in sorted(schema["properties"].items())}


def _field(place: str, one: Mapping[str, Any], enums: dict[str, dict[str, str]]) -> str:
    """Return one field in words: its type, ``[]`` before a list; then what holds of it.

    ``max=`` are characters that Google shows, ``required`` and ``deprecated`` speak for themselves, ``not=`` names the
    key that must not stand beside it.
    """
    single = one.get("items", one)
    words = ["[]" if one.get("type") == "array" else ""]
    if "enum" in single:
        words[0] += f"enum:{_enum(place, single, enums)}"
    else:
        words[0] += single.get("$ref") or _SCALARS[single["type"], single.get("format")]
    length = _LENGTH.search(one.get("description", ""))
    if length or place in _GUIDE_LENGTHS:
        words.append(f"max={_GUIDE_LENGTHS.get(place) or length[1] or length[2]}")  # type: ignore[index]
    said = one.get("description", "")
    if _REQUIRED.search(said):
        words.append("required")
    if other := _EXCLUSIVE.search(said):
        words.append(f"not={next(name for name in other.groups() if name and not place.endswith(f'.{name}'))}")
    if one.get("deprecated"):
        words.append("deprecated")
    return " ".join(words)


def _enum(place: str, one: Mapping[str, Any], enums: dict[str, dict[str, str]]) -> str:
    """Return the name of an enum: the first place that has the same values."""
    count = len(one["enum"])
    facts = zip(one["enum"], one.get("enumDeprecated", [False] * count), one["enumDescriptions"], strict=True)
    values = {value: _meaning(old, text) for value, old, text in facts if not value.endswith("_UNSPECIFIED")}
    known = next((name for name, other in enums.items() if other == values), place)
    enums.setdefault(known, values)
    return known


def _meaning(deprecated: bool, description: str) -> str:
    """Return the modern name that an old one stands for; empty for a modern one."""
    alias = _ALIAS.search(description)
    return alias[1] if deprecated and alias else ""


_PYTHON: Final = {"string": "str", "int64": "str", "int32": "int", "boolean": "bool", "double": "float"}
_WIDTH: Final = 120
_HEADER: Final = '''\
"""Google's classes and objects as typed dictionaries: an editor completes their keys, mypy checks them.

    from walletcard.google import lint, typed

    offer: typed.OfferClass = {"id": "3388000000012345678.spring", "title": "Spring", ...}
    lint("OfferClass", offer)

Made by ``scripts/make_google_types.py`` from revision %s of Google's document; what Google calls deprecated, or
alone sets, is left out. Whole numbers of 64 bits are text, as Google writes them.
"""

from __future__ import annotations

from typing import Literal, Required, TypedDict
'''
_OUTPUT_ONLY: Final = ("classReference", "hasLinkedDevice", "hasUsers", "review")


def build_typed(table: bytes) -> bytes:
    """Return the module of typed dictionaries that says what the table says."""
    found = json.loads(table)
    aliases = {name: _alias(name) for name in found["enums"]}
    parts = [
        _HEADER % found["revision"] + "\n" + _exported(found["types"]),
        "\n".join(_literals(found["enums"], aliases)),
    ]
    parts += [_typed_dict(name, fields, aliases) for name, fields in found["types"].items()]
    return ("\n\n".join(part.rstrip("\n") + "\n" for part in parts)).encode("ascii")


def _exported(types: Iterable[str]) -> str:
    return "\n".join(["__all__ = [", *(f'    "{name}",' for name in sorted(types)), "]"])


def _alias(enum: str) -> str:
    return "_" + "".join(part[0].upper() + part[1:] for part in enum.split("."))


def _literals(enums: Mapping[str, Mapping[str, str]], aliases: Mapping[str, str]) -> Iterable[str]:
    for name, values in enums.items():
        modern = [f'"{value}"' for value, newer in values.items() if not newer]
        line = f"{aliases[name]} = Literal[{', '.join(modern)}]"
        yield (
            line
            if len(line) <= _WIDTH
            else "\n".join([f"{aliases[name]} = Literal[", *(f"    {value}," for value in modern), "]"])
        )


def _typed_dict(name: str, fields: Mapping[str, str], aliases: Mapping[str, str]) -> str:
    kept = {key: text.split() for key, text in fields.items()}
    kept = {key: words for key, words in kept.items() if "deprecated" not in words and key not in _OUTPUT_ONLY}
    entries = {key: _annotation(words, aliases) for key, words in kept.items()}
    if not entries.keys().isdisjoint({"int", "str", "float", "bool", "list"}):  # They would hide Python's own.
        lines = [
            f"{name} = TypedDict(  # noqa: UP013  # As a class it would hide Python's own names.",
            f'    "{name}",',
            "    {",
        ]
        lines += [*(f'        "{key}": "{kind}",' for key, kind in entries.items()), "    },", "    total=False,", ")"]
        return "\n".join(lines)
    lines = [f"class {name}(TypedDict, total=False):", f'    """Google\'s ``{name}``."""', ""]
    return "\n".join([*lines, *(f"    {key}: {kind}" for key, kind in entries.items())])


def _annotation(words: list[str], aliases: Mapping[str, str]) -> str:
    single = words[0].removeprefix("[]")
    kind = aliases[single.removeprefix("enum:")] if single.startswith("enum:") else _PYTHON.get(single, single)
    kind = f"list[{kind}]" if words[0].startswith("[]") else kind
    return f"Required[{kind}]" if "required" in words else kind


if __name__ == "__main__":
    TARGET.write_bytes(build_types(read_document()))
    TYPED.write_bytes(build_typed(TARGET.read_bytes()))
    for path in (TARGET, TYPED):
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")
