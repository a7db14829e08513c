"""The index of codes: each is one that the library has; that none is missing is judged at the end of every run."""

import ast
from pathlib import Path

from tests.messages import indexed

ROOT = Path(__file__).parents[2]


def test_the_index_names_only_codes_that_the_library_has() -> None:
    texts: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.update(str(part.value) for part in node.values if isinstance(part, ast.Constant))

    unknown = {
        code for code in indexed() if code not in texts and not any(code.startswith(t) for t in texts if "." in t)
    }

    assert len(indexed()) > 400
    assert unknown == set()
