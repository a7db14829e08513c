"""Every reader of foreign data, by the name that ``--target`` takes."""

from typing import Final

from fuzz._target import Target
from fuzz.targets import archive, callback, documents, google, keys, pictures, texts, tokens, values, verifier

_ALL: Final = (
    archive.ARCHIVE,
    callback.CALLBACK,
    documents.PASS_JSON,
    documents.GOOGLE,
    documents.LINK,
    google.ANSWER,
    google.BATCH,
    keys.ACCOUNT,
    keys.P12,
    keys.PEM,
    pictures.PICTURE,
    texts.COLOR,
    texts.DATE,
    texts.LOCALE,
    tokens.TOKEN,
    values.VALUES,
    verifier.VERIFIER,
)
ALL: Final[dict[str, Target]] = {one.name: one for one in _ALL}
