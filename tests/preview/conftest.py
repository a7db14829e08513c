"""The two stamp cards as finished faces, and a page as a reader meets it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from tests import cards

import walletcard as wc
from walletcard.model import Face


@pytest.fixture
def cafe() -> Face:
    program = cards.cafe()
    return wc.face(program, cards.priya(program, stamps=6), at=cards.at(10))


@pytest.fixture
def spa() -> Face:
    program = cards.spa()
    return wc.face(program, cards.noa(program), at=cards.at(10, zone=cards.JERUSALEM))


@dataclass
class Page(HTMLParser):
    """A page as a reader meets it: its texts outside folded parts, its tags, and whether every tag is closed."""

    source: str
    texts: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    balanced: bool = True

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("img", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"details", "style", "title"} & set(self.open):
            self.texts.append(data)

    def attributes(self, tag: str, class_: str | None = None) -> list[dict[str, str | None]]:
        return [
            found for name, found in self.tags if name == tag and class_ in (None, *(found.get("class") or "").split())
        ]


@pytest.fixture
def read() -> type[Page]:
    return Page
