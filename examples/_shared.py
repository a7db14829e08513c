"""What the examples share: their options, real or throw-away credentials, and the files they write."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

import walletcard as wc
from walletcard import apple, google, preview, render, testing


def options(about: str) -> argparse.Namespace:
    """Read the command line. Without credentials everything is made with throw-away ones."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the files (default: out)")
    parser.add_argument("--p12", type=Path, help="your Pass Type ID certificate with its key")
    parser.add_argument("--password-file", type=Path, help="a file that holds the password of the .p12")
    parser.add_argument("--wwdr", type=Path, help="AppleWWDRCAG4.cer")
    parser.add_argument("--service-account", type=Path, help="the JSON key of your Google service account")
    parser.add_argument("--issuer-id", default="3388000000012345678", help="your Google Wallet issuer id")
    parser.add_argument("--logo-url", default="https://example.com/logo.png", help="a square logo that Google can load")
    args = parser.parse_args()
    if (args.p12 is None) != (args.wwdr is None):
        parser.error("--p12 and --wwdr go together")
    return args


def write_card(args: argparse.Namespace, card: wc.Card, face: wc.Face, *, at: datetime) -> None:
    """Write the card for both wallets, its preview, its picture and its state into ``--out``, and say so."""
    moment: datetime | None = at
    files: dict[str, bytes] = {}
    if args.p12:
        password = args.password_file.read_text().rstrip("\r\n") if args.password_file else None
        wwdr = args.wwdr.read_bytes()
        identity = apple.Identity.from_p12(args.p12.read_bytes(), password=password, intermediate=wwdr)
        moment = None  # A real signature carries the real time.
    else:
        identity = throwaway = testing.throwaway_identity(at=at)
        files["throwaway-root.pem"] = throwaway.root_pem
    if args.service_account:
        account = google.ServiceAccount.from_json(args.service_account.read_bytes())
    else:
        account = throwaway_account = testing.throwaway_service_account()
        files["throwaway-google-public.pem"] = throwaway_account.public_pem

    assert face.strip is not None  # noqa: S101  # a stamp card has one
    link = wc.make_save_link(face, account=account, issuer_id=args.issuer_id, at=moment)
    page = preview.html(face, identity=identity, issuer_id=args.issuer_id, at=moment)
    files |= {
        "card.pkpass": wc.make_pkpass(face, identity=identity, at=moment),
        "save-link.txt": f"{link.url}\n".encode(),
        "preview.html": page.encode(),
        "strip@3x.png": render.strip(face.strip, scale=3).png,
        "card.json": f"{card.to_json()}\n".encode(),
    }
    args.out.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        (args.out / name).write_bytes(content)
        print(f"  {args.out / name}  {len(content):,} bytes")
    left_out = ", ".join(link.left_out) or "nothing"
    print(f"Save link: form {link.form}, {link.length:,} of 1,800 characters, left out: {left_out}.")
    if not args.p12:
        print("The pass is signed with a throw-away key, so phones refuse it; open preview.html to see the card.")
