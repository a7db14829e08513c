"""Anybody's ``.pkpass``, or a ``pass.json`` alone, in, what a phone of each of its languages would show out.

The pass is drawn as far as it can be read, whatever is wrong with it: what the check found stands below.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from walletcard import apple
from walletcard.apple import Package, Verification
from walletcard.apple._languages import looked_up
from walletcard.apple._lint import lint_read
from walletcard.apple._package import read_document
from walletcard.errors import Issue, wrong_type
from walletcard.model import Picture
from walletcard.model._text import direction_of
from walletcard.preview._apple_fields import BACK, FRONT, fields, label, text, value
from walletcard.preview._documents import Half, Moment

_UNKNOWN: Final = "und"  # BCP 47: a language that nobody has named.
_FIRST: Final = "en"  # Which a phone of any other language falls back to.
_BOM: Final = b"\xef\xbb\xbf"
_BARE: Final = (
    "This is a pass.json alone, not a pass: its pictures and other languages are missing here, and no phone takes it."
)
_NOTES: Final = {
    "altered": "Phones refuse this pass: it was changed after it was signed.",
    "unsigned": "Phones refuse this pass: it is not signed.",
    "untrusted": "Phones may refuse this pass: nothing that is known here vouches for its signature.",
}


class Opened(NamedTuple):
    """A pass, looked at.

    Attributes:
        now: What a phone shows that has no language of its own in the pass.
        spoken: What phones of several languages show; none of a pass in one language.
        note: Why a phone would not take it.
    """

    now: Moment
    spoken: tuple[Moment, ...]
    note: str | None


def opened(data: bytes, *, at: datetime) -> Opened:
    """Return a pass as moments of a preview.

    Raises:
        InvalidCardError: It is JSON of walletcard's own.
        PassReadError: It cannot be read.
    """
    if data[:100].removeprefix(_BOM).lstrip().startswith(b"{"):
        return _alone(data)
    package, found = apple.read(data), apple.verify(data, at=at)
    issues = (*found.issues, *lint_read(package, found.issues))
    languages = sorted(package.languages, key=lambda name: (name != _FIRST, name))
    moments = [_moment(package, name, issues) for name in languages] or [_moment(package, None, issues)]
    return Opened(moments[0], tuple(moments) if len(moments) > 1 else (), _note(found, issues))


def _alone(data: bytes) -> Opened:
    """Return a ``pass.json`` without its pictures and languages."""
    package = read_document(data)
    if "walletcard" in package.pass_json:
        need, hint = "a Face or the bytes of a .pkpass", "read it with Face.from_json(...)"
        raise wrong_type(data, need=need, where="face", code="face.type", hint=hint)
    issues = (*package.issues, *apple.lint(package.pass_json))
    return Opened(_moment(package, None, issues), (), _BARE)


def _moment(package: Package, language: str | None, issues: tuple[Issue, ...]) -> Moment:
    document: Mapping[str, Any] = package.pass_json
    if language is not None:
        document = looked_up(document, package.languages[language])
    lang = _UNKNOWN if language is None else language.replace("_", "-")
    half = Half(documents={"pass.json": document}, pictures=_pictures(package, language), issues=issues)
    direction = _direction(document) if language is None else direction_of(lang)
    return Moment(lang=lang, direction=direction, apple=half, google=None)


def _pictures(package: Package, language: str | None) -> dict[str, Picture]:
    """Return the pictures of a language; one at the top hides one in a language's folder."""
    folder = f"{language}.lproj/"
    own = {path.removeprefix(folder): one for path, one in package.pictures.items() if path.startswith(folder)}
    return own | {path: one for path, one in package.pictures.items() if "/" not in path}


def _direction(document: Mapping[str, Any]) -> str:
    """Return the direction that most of the letters have."""
    listed = fields(document, *FRONT, *BACK)
    texts = [text(document, "description"), *(label(one) + value(one, _UNKNOWN) for one in listed)]
    kinds = [unicodedata.bidirectional(letter) for letter in "".join(texts)]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L") else "ltr"


def _note(found: Verification, issues: tuple[Issue, ...]) -> str | None:
    if found.verdict in _NOTES:
        return _NOTES[found.verdict]
    wrong = any(issue.severity == "error" for issue in issues)
    return "Phones refuse this pass: see what the check found." if wrong else None
