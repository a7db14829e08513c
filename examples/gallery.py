"""Six cards of six businesses in five languages, for both wallets: passes, documents, pages and pictures.

python examples/gallery.py [--out DIR]
"""

import argparse
import json
from pathlib import Path

from _six_cards import Member, members

import walletcard as wc
from walletcard import apple, google, preview, render, testing
from walletcard.testing import ThrowawayIdentity

ISSUER_ID = "3388000000012345678"


def host(picture: wc.Picture) -> str:
    """Say where the app would have put a picture; its key is in the address, for Google keeps what it once loaded."""
    return f"https://example.com/cards/{picture.key}.png"


def written(member: Member, identity: ThrowawayIdentity) -> dict[str, bytes]:
    """Return the files of one card, by the ends of their names."""
    face = wc.face(member.program, member.card, at=member.at)
    pictures = render.pictures(face, wallet="google")
    made = google.resources(face, issuer_id=ISSUER_ID, pictures=pictures, host=host)
    documents = {
        "pass.json": apple.pass_json(face, identity=identity),
        "google.json": {"class": made.class_, "object": made.object},
    }
    files = {name: json.dumps(body, ensure_ascii=False, indent=2).encode() for name, body in documents.items()}
    page = preview.html(face, identity=identity, issuer_id=ISSUER_ID, at=member.at)
    files |= {"pkpass": wc.make_pkpass(face, identity=identity, at=member.at), "html": page.encode()}
    if face.strip is not None:
        files["strip@3x.png"] = render.strip(face.strip, scale=3).png
    return files


def main() -> None:
    """Write all six, and say so."""
    parser = argparse.ArgumentParser(description="Six cards in five languages for both wallets.")
    parser.add_argument("--out", type=Path, default=Path("out/gallery"), help="folder for the files")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    six = list(members())
    identity = testing.throwaway_identity(at=six[0].at)
    (out / "throwaway-root.pem").write_bytes(identity.root_pem)
    for member in six:
        print(f"{member.name}: {wc.face(member.program, member.card, at=member.at).alt}")
        for ending, content in written(member, identity).items():
            path = out / f"{member.name}.{ending}"
            path.write_bytes(content)
            print(f"  {path}  {len(content):,} bytes")


if __name__ == "__main__":
    main()
