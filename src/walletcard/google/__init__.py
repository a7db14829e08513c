"""Faces in, Google Wallet classes, objects and save links out."""

from walletcard.google._lint import lint
from walletcard.google._patch import Move, move, patch
from walletcard.google._resources import Resources, check, resources
from walletcard.google._save_link import Insert, SaveLink, insert_of, save_link, save_link_of
from walletcard.google._service_account import ServiceAccount

__all__ = [
    "Insert",
    "Move",
    "Resources",
    "SaveLink",
    "ServiceAccount",
    "check",
    "insert_of",
    "lint",
    "move",
    "patch",
    "resources",
    "save_link",
    "save_link_of",
]
