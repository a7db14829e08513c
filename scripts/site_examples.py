"""A hook of mkdocs: the examples that the guide links to become part of the site.

In the repository a page names them by their place beside ``docs``; the site has no place beside it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).parents[1]
_LINK: Final = re.compile(r"\]\((?:\.\./)+(examples/[\w.]+)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every example under its own name."""
    for path in sorted((ROOT / "examples").glob("*.*")):
        files.append(File.generated(config, f"examples/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let a link lead there."""
    up = "../" * page.file.src_uri.count("/")
    return _LINK.sub(rf"]({up}\1)", markdown)
