"""What the code says is in the catalogue, and every placeholder of it is given."""

import ast
from collections.abc import Iterator
from importlib.resources import files

from walletcard.words._languages import CATALOGUE, language
from walletcard.words._own import placeholders


def spoken_in_code() -> Iterator[tuple[str, str, set[str]]]:
    """Yield every ``say("key", ...)`` and ``count("key", n, ...)`` of the code: the verb, the key, what it gives."""
    for room in ("loyalty", "model", "preview"):
        for file in files("walletcard").joinpath(room).iterdir():
            if not file.name.endswith(".py"):
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    verb, given = node.func.attr, {keyword.arg for keyword in node.keywords}
                    leading = {"say": 1, "count": 2}.get(verb) == len(node.args)
                    key = node.args[0].value if leading and isinstance(node.args[0], ast.Constant) else None
                    if isinstance(key, str) and None not in given:  # **values cannot be read here.
                        yield verb, key, {name for name in given if name}


def test_what_the_code_says_is_in_the_catalogue_with_all_its_placeholders() -> None:
    catalogue = language(CATALOGUE)
    found = list(spoken_in_code())

    assert len(found) > 20
    for verb, key, given in found:
        assert key in catalogue["phrases"], key
        needed = placeholders(catalogue["phrases"][key]) | set(catalogue["also"].get(key, ()))
        assert needed <= given | ({"n"} if verb == "count" else set()), key
        assert verb == "say" or not isinstance(catalogue["phrases"][key], str), f"{key} is not counted"


def test_what_may_also_stand_in_a_phrase_belongs_to_a_phrase() -> None:
    catalogue = language(CATALOGUE)

    assert catalogue["also"].keys() <= catalogue["phrases"].keys()
