"""Make the inputs that fuzzing begins with, all from objects of our own: ``python -m fuzz.seeds [--found DIR]``.

With ``--found``, a sample of what a long run with ``--keep DIR`` came upon is added to them instead. Seeds that hold a
private key are not written: each run makes its own.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Final

from fuzz._corpus import CORPUS, keep
from fuzz.targets._material import AT, FOLDER, faces, png
from walletcard import apple, testing

_SMALL: Final = 1500  # Bytes of an input that was found and is worth keeping in the repository.
_SAMPLE: Final = 50  # Of them, for a target.


def material() -> None:
    """Sign a small pass with keys that are forgotten at once; keep it, its root and its intermediate."""
    identity = testing.throwaway_identity(AT)
    files = {"icon.png": png(38, 38), "icon@2x.png": png(76, 76), "en.lproj/pass.strings": b'"a" = "b";\n'}
    document = {key: value for key, value in apple.pass_json(faces()[0]).items() if key != "barcodes"}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "signed.pkpass").write_bytes(apple.sign(document, files, identity=identity, at=AT))
    (FOLDER / "root.pem").write_bytes(identity.root_pem)
    (FOLDER / "intermediate.pem").write_bytes(identity.intermediate_pem)


def made() -> None:
    """Write the corpus anew."""
    material()
    from fuzz import targets  # Its readers load the material.

    for target in targets.ALL.values():
        folder = CORPUS / target.name
        shutil.rmtree(folder, ignore_errors=True)
        if not target.secret:
            for data in target.seeds():
                keep(folder, data)


def sampled(place: Path) -> None:
    """Add small inputs of all sizes that a run found."""
    from fuzz import targets

    for target in targets.ALL.values():
        found = [path.read_bytes() for path in (place / target.name / "found").glob("*")]
        small = sorted((one for one in found if len(one) <= _SMALL), key=lambda one: (len(one), one))
        if not target.secret and target.name != "archive":  # Pieces of strangers' passes stay out of the repository.
            for data in small[:: max(1, len(small) // _SAMPLE)]:
                keep(CORPUS / target.name, data)


def main() -> None:
    """Write the corpus, or add to it."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.seeds", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--found", type=Path, metavar="DIR", help="what python -m fuzz --keep DIR left")
    args = parser.parse_args()
    if args.found:
        sampled(args.found)
    else:
        made()


if __name__ == "__main__":
    main()
