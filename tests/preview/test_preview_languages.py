"""A card in two languages: the page shows what a phone of each makes of it."""

from tests.apple.test_languages import faces
from tests.cards import at

from walletcard import preview


def section(page: str, title: str) -> str:
    return page.split(f">{title}<", 1)[1].split("<section>", 1)[0]


def test_the_phones_language_is_switched_on_the_page() -> None:
    english, hebrew = faces()

    page = preview.html(english, translations=(hebrew,), at=at(10))

    for wallet in ("Apple", "Google"):
        here, there = (section(page, f"{wallet} Wallet, phone in {tag}") for tag in ("en-GB", "he"))
        assert "Free coffee" in here
        assert "קפה חינם" not in here
        assert "קפה חינם" in there
        assert "Free coffee" not in there
        assert 'dir="rtl"' in there
        assert 'dir="rtl"' not in here


def test_without_translations_no_language_is_named() -> None:
    english, _ = faces()

    assert "phone in" not in preview.html(english, at=at(10))
