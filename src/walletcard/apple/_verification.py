"""What was found out about a pass: nine properties, every reason, and the one verdict that follows from them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Self

from walletcard.apple._package import Package
from walletcard.errors import Issue, VerificationError
from walletcard.model._typed import Typed

State = Literal["ok", "fails", "absent", "unknown"]
Verdict = Literal["authentic", "altered", "unsigned", "untrusted", "unreadable"]

PROPERTIES: Final = (
    "archive", "manifest", "digest", "signature", "signing_time", "chain", "purpose", "ids", "current",
)  # fmt: skip
_WHOLE: Final = ("archive", "manifest", "digest", "signature")
_TRUSTED: Final = ("signing_time", "chain", "purpose", "ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification(Typed):
    """What was found out about a pass: each property is ``ok``, ``fails``, ``absent`` or ``unknown``.

    Attributes:
        verdict: ``authentic``, ``altered``, ``unsigned``, ``untrusted`` or ``unreadable``.
        archive: The archive holds one pass and nothing else.
        manifest: The manifest lists every file with its right hash.
        digest: The signature is of this manifest.
        signature: The signer's key made it.
        signing_time: It says when, and that is not ahead of ``at``.
        chain: The signer's certificate leads to a trusted root, all valid on the day of signing.
        purpose: That certificate is for signing passes.
        ids: It is for this pass type and team.
        current: It is still valid at ``at``; says nothing about the pass.
        issues: Every reason.
        signed_at: The signing time.
        signer: The name in the signer's certificate.
        package: What the pass holds; ``None`` when it cannot be read.
    """

    verdict: Verdict = "unreadable"
    archive: State = "unknown"
    manifest: State = "unknown"
    digest: State = "unknown"
    signature: State = "unknown"
    signing_time: State = "unknown"
    chain: State = "unknown"
    purpose: State = "unknown"
    ids: State = "unknown"
    current: State = "unknown"
    issues: tuple[Issue, ...] = ()
    signed_at: datetime | None = None
    signer: str = ""
    package: Package | None = None

    @property
    def properties(self) -> dict[str, State]:
        """Every property by its name, in the order in which they are judged."""
        return {name: getattr(self, name) for name in PROPERTIES}

    def require(self) -> Self:
        """Return this when the pass is authentic.

        Raises:
            VerificationError: It is not; ``issues`` holds every reason.
        """
        if self.verdict == "authentic":
            return self
        errors = [one for one in self.issues if one.severity == "error"]
        hint = "do not trust it; ask its maker for a new copy"
        what = Issue(code=f"pass.{self.verdict}", where="pass", message=f"is {self.verdict}", hint=hint)
        raise VerificationError.from_issues(errors or [what])

    def _repr_html_(self) -> str:
        def row(name: str, text: str) -> str:
            return f"<tr><th>{html.escape(name)}</th><td>{html.escape(text)}</td></tr>"

        rows = [row("verdict", self.verdict), row("signer", self.signer)]
        rows += (row(name.replace("_", " "), state) for name, state in self.properties.items())
        rows += (row(one.severity, str(one)) for one in self.issues)
        return f"<table>{''.join(rows)}</table>"


def verdict_of(states: Mapping[str, State]) -> Verdict:
    """Return what the properties of a pass that can be read come to."""
    if states["signature"] == "absent":
        return "unsigned"
    if any(states[name] == "fails" for name in _WHOLE) or states["manifest"] == "absent":
        return "altered"
    if states["signature"] != "ok" or any(states[name] != "ok" for name in _TRUSTED):
        return "untrusted"
    return "authentic"
