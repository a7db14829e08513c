"""The three verbs of this room: judge a card, build a pass from a card, sign a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from walletcard.apple import _rules as rules
from walletcard.apple._archive import Content, pack
from walletcard.apple._confirm import confirm
from walletcard.apple._identity import Identity, require_identity
from walletcard.apple._languages import require_languages, translated
from walletcard.apple._lint import examine
from walletcard.apple._moment import moment_or_now
from walletcard.apple._notes import not_allowed, refuse_errors
from walletcard.apple._pass_json import pass_json
from walletcard.apple._updates import Updates
from walletcard.errors import Issue
from walletcard.model import Face, Picture
from walletcard.model._checks import require_flag
from walletcard.model._extra import contrast_issues, merged, require_face
from walletcard.model._face import STRIP_KINDS

Files = Mapping[str, bytes | Picture]


def check(
    face: Face,
    *,
    pictures: Files | None = None,
    translations: Sequence[Face] = (),
    identity: Identity | None = None,
    at: datetime | None = None,
    updates: Updates | None = None,
    allow: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
) -> tuple[Issue, ...]:
    """Return everything that is wrong with a card as a pass; nothing is signed.

    What is not given is not judged: `build` may still refuse a card for its pictures, its certificate or its time.

    Args:
        face: The card.
        pictures: The files of the pass, as `build` takes them; `walletcard.render.pictures` makes them. Without them
            no picture is judged, not even whether there is an icon.
        translations: The same card in other languages, as for `build`.
        identity: Who will sign; without it certificates are not judged.
        at: The moment of signing, aware; ``None`` means now.
        updates: Where the phone asks for the newest pass, as for `build`.
        allow: Codes to overrule. What is wrong with a certificate cannot be overruled.
        extra: Keys of ``pass.json``, as for `build`.
    """
    at = moment_or_now(at)
    files = {} if pictures is None else pictures
    document, spoken = _in_languages(face, translations, identity, files, updates, extra)
    pictures = pictures if pictures is None else {**pictures, **spoken}
    issues, _ = examine(document, files=pictures, identity=identity, ids_later=True)
    dates = () if identity is None else identity.problems(at)
    return (*not_allowed((*_of_face(face, at), *issues), allow), *dates)


def build(
    face: Face,
    *,
    identity: Identity,
    pictures: Files | None = None,
    translations: Sequence[Face] = (),
    at: datetime | None = None,
    updates: Updates | None = None,
    allow: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
    verify: bool = True,
) -> bytes:
    """Return a signed ``.pkpass``.

    Args:
        face: The card.
        identity: Who signs; pass type and team come from its certificate.
        pictures: The files by their final names; `walletcard.render.pictures` makes them.
        translations: The same card in other languages, as faces with the same fields.
        at: The signing time, aware; ``None`` means now.
        updates: Where the phone asks for the newest pass; without them the pass stays as it is.
        allow: Codes of issues to overrule.
        extra: Keys of ``pass.json`` to lay over the document before it is judged: dicts are joined, the rest
            replaces, ``None`` takes a key away.
        verify: Look at what was made before it is returned: its files, their manifest, the signature. ``False`` saves
            a tenth of the time and trusts the computer.

    Raises:
        InvalidDocumentError: A phone would refuse the pass; ``issues`` holds every reason.
        KeyMaterialError: A certificate is not valid at ``at``.
        SigningError: The signer failed, or what was made does not fit together.
    """
    made = chunks(
        face,
        identity=identity,
        pictures=pictures,
        translations=translations,
        at=at,
        updates=updates,
        allow=allow,
        extra=extra,
        verify=verify,
    )
    return b"".join(made)


def chunks(
    face: Face,
    *,
    identity: Identity,
    pictures: Files | None = None,
    translations: Sequence[Face] = (),
    at: datetime | None = None,
    updates: Updates | None = None,
    allow: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
    verify: bool = True,
) -> tuple[bytes, ...]:
    """Return what `build` returns in pieces, for a server that writes them one by one.

    It takes what `build` takes, and raises what that raises. Pictures that passes share are shared in memory too.
    Everything is checked and signed before the first piece, so no answer breaks off; the length of the answer is
    ``sum(map(len, pieces))``.
    """
    at = moment_or_now(at)
    files = {} if pictures is None else pictures
    document, spoken = _in_languages(face, translations, require_identity(identity), files, updates, extra)
    files = {**files, **spoken} if spoken else files
    before = _of_face(face, at)
    return _sealed(document, files, identity=identity, at=at, allow=allow, before=before, verify=verify)


def _in_languages(
    face: Face,
    translations: Sequence[Face],
    identity: Identity | None,
    files: Files,
    updates: Updates | None,
    extra: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the document of a card, and the texts of its other languages."""

    def written(one: Face) -> dict[str, Any]:
        return merged(pass_json(one, identity=identity, pictures=files, updates=updates), extra)

    others = require_languages(require_face(face), translations)
    if not others:
        return written(face), {}
    return translated(written(face), face.locale, {other.locale: written(other) for other in others})


def sign(
    pass_json: Mapping[str, Any],
    files: Files,
    *,
    identity: Identity,
    at: datetime | None = None,
    allow: Collection[str] = (),
    verify: bool = True,
) -> bytes:
    """Return a signed ``.pkpass`` of any document that Apple allows.

    Args:
        pass_json: The document; a missing pass type or team is filled in from the certificate.
        files: What goes with it, by path; an icon at least.
        identity: Who signs.
        at: The signing time, aware; ``None`` means now.
        allow: Codes of issues to overrule.
        verify: Look at what was made before it is returned, as for `build`.

    Raises:
        InvalidDocumentError: A phone would refuse the pass; ``issues`` holds every reason.
        KeyMaterialError: A certificate is not valid at ``at``.
        SigningError: The signer failed, or what was made does not fit together.
    """
    at = moment_or_now(at)
    signer, document = require_identity(identity), pass_json
    if isinstance(document, Mapping):
        missing = [key for key in rules.OWN_IDS if key not in document]
        document = {**document, **{key: getattr(signer, rules.OWN_IDS[key]) for key in missing}}
    given = {} if files is None else files
    return b"".join(_sealed(document, given, identity=signer, at=at, allow=allow, verify=verify))


def _sealed(
    document: Mapping[str, Any],
    files: Files,
    *,
    identity: Identity,
    at: datetime,
    allow: Collection[str],
    verify: bool,
    before: tuple[Issue, ...] = (),
) -> tuple[bytes, ...]:
    require_flag(verify, "verify")
    issues, content = examine(document, files=files, identity=identity)
    refuse_errors(not_allowed((*before, *issues), allow))
    parts: dict[str, Content] = {"pass.json": content}
    for name, one in files.items():
        parts[name] = one if isinstance(one, Picture) else bytes(one)
    pieces = pack(parts, sign=lambda listed: identity.signature(listed, at=at))
    if verify:
        confirm(pieces, parts, identity=identity, at=at)
    return pieces


def _of_face(face: Face, at: datetime) -> tuple[Issue, ...]:
    """Return what the document can no longer say about its card."""
    issues = list(contrast_issues(face.design, face.strip))
    if face.strip is not None and face.kind not in STRIP_KINDS:
        message, hint = "an iPhone shows no strip on this kind of card", "leave it out, or use an offer"
        issues.append(Issue(code="strip.unseen", where="face.strip", message=message, hint=hint, severity="warning"))
    if face.strip is not None and not face.strip.leaves_room and face.in_slot("primary"):
        message, hint = "a primary field is written across the stamps", "put it into the header or the row below"
        issues.append(Issue(code="strip.primary", where="face.fields", message=message, hint=hint))
    if face.state == "expired" and face.expires is not None and face.expires > at:
        message = f"expired, yet a phone shows it as valid until {face.expires:%Y-%m-%d}"
        hint = "give the moment at which it ended"
        issues.append(Issue(code="face.expires", where="face.expires", message=message, hint=hint, severity="warning"))
    return tuple(issues)
