"""What one row of Apple's rules looks like; the rows themselves stand in `_rules`, `_semantics` and `_schemes`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from walletcard.errors import Severity

Kind = Literal[
    "text", "number", "flag", "object", "any", "color", "date", "link", "https", "scalar", "value",
    "numbers", "texts", "objects",
]  # fmt: skip
Form = Literal["", "amount", "currency", "digest", "secure", "uuid", "zone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may stand under one key.

    Attributes:
        kind: The type of the value.
        required: Without it iOS refuses the pass, or drops the part it belongs to.
        filled: An empty text counts as missing.
        members: The only texts allowed.
        most: The most entries of a list that iOS uses, or the most UTF-8 bytes of a text.
        low: The smallest number.
        high: The largest number.
        form: How the text must be spelt.
        fractions: A date may count parts of a second.
        entry: The rules for the object, or for each object of the list.
        inside: How bad a breach in the entry is: what iOS drops is a warning.
        styles: The styles that use the key; empty for all.
        scheme: The member of ``preferredStyleSchemes`` without which the key is not used.
        old: What made the key needless; empty while it is needed.
        secret: Its value is never shown.
        simple: The type of the value is all there is to judge.
        conditional: What else stands in the document decides whether it is used.
    """

    kind: Kind
    required: bool = False
    filled: bool = False
    members: frozenset[str] = frozenset()
    most: int | None = None
    low: float | None = None
    high: float | None = None
    form: Form = ""
    fractions: bool = False
    entry: Table | None = None
    inside: Severity = "error"
    styles: frozenset[str] = frozenset()
    scheme: str = ""
    old: str = ""
    secret: bool = False
    simple: bool = field(init=False)
    conditional: bool = field(init=False)

    def __post_init__(self) -> None:
        more = (self.filled, self.members, self.most is not None, self.low is not None, self.entry, self.form)
        judged = self.kind == "color" or (self.kind == "date" and not self.fractions)
        object.__setattr__(self, "simple", not judged and not any(map(bool, more)))
        object.__setattr__(self, "conditional", bool(self.styles or self.scheme or self.old))


class Table(dict[str, Rule]):
    """The rules of one object by key.

    Attributes:
        page: Where they were read.
        instead: Keys that are often met and wrong, with what to do.
        required: The keys that must be there.
        conditional: The keys that count only beside something else.
    """

    def __init__(self, rules: Mapping[str, Rule], *, page: str, instead: Mapping[str, str] | None = None) -> None:
        super().__init__(rules)
        self.page, self.instead = page, instead or {}
        self.required = tuple(key for key, rule in rules.items() if rule.required)
        self.conditional = frozenset(key for key, rule in rules.items() if rule.conditional)
