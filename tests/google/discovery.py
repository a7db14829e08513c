"""What Google's full discovery document says of a document: a walker of its own, that shares nothing with ours."""

from collections.abc import Iterator, Mapping
from typing import Any


def faults(value: Any, schema: Mapping[str, Any], schemas: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield every key, type and enum value that the document does not know, and everything it calls deprecated."""
    schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    if schema["type"] == "object":
        if not isinstance(value, dict):
            yield f"{path}: no object"
            return
        for key, inner in value.items():
            known = schema["properties"].get(key)
            if known is None:
                yield f"{path}.{key}: unknown"
            elif known.get("deprecated") or known.get("readOnly"):
                yield f"{path}.{key}: not to be sent"
            else:
                yield from faults(inner, known, schemas, f"{path}.{key}")
    elif schema["type"] == "array":
        if not isinstance(value, list):
            yield f"{path}: no list"
            return
        for index, inner in enumerate(value):
            yield from faults(inner, schema["items"], schemas, f"{path}[{index}]")
    else:
        yield from _scalar_faults(value, schema, path)


def _scalar_faults(value: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    kinds: dict[str, type | tuple[type, ...]] = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    right = isinstance(value, kinds[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
    if not right:
        yield f"{path}: {value!r} is no {schema['type']}"
    elif schema.get("format") == "int32" and not -(2**31) <= value < 2**31:
        yield f"{path}: over int32"
    elif schema.get("format") == "int64" and not -(2**63) <= int(value) < 2**63:
        yield f"{path}: over int64"
    elif "enum" in schema:
        old = dict(zip(schema["enum"], schema.get("enumDeprecated", [False] * len(schema["enum"])), strict=True))
        if old.get(value, True) or value.endswith("_UNSPECIFIED"):
            yield f"{path}: {value!r} is not to be sent"
