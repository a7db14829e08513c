"""The ids that a card can have."""

from __future__ import annotations

from walletcard.model._checks import Findings


def check_card_id(findings: Findings, name: str, value: object) -> None:
    """Check a card's id: like any id, and never like a tier's class (``tier-...``)."""
    if findings.identifier(name, value) and str(value).startswith("tier-"):
        findings.add("id.reserved", name, 'starts with "tier-"', "that prefix names classes: choose another")
