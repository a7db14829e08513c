"""Faces in, Google Wallet classes, objects and save links out."""

from walletcard.google._lint import lint
from walletcard.google._resources import Resources, check, resources
from walletcard.google._save_link import SaveLink, save_link
from walletcard.google._service_account import ServiceAccount

__all__ = ["Resources", "SaveLink", "ServiceAccount", "check", "lint", "resources", "save_link"]
