"""Money as people write it, and as it is kept: the currencies of ISO 4217, and amounts in minor units.

Currencies of the past are among them: a voucher may be older than a reform.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from walletcard.errors import quoted
from walletcard.model._checks import Findings, nearest

_CODES: Final = """
ADP AED AFA AFN ALK ALL AMD ANG AOA AOK AON AOR ARA ARL ARM ARP ARS ATS AUD AWG AZM AZN BAD BAM BAN BBD BDT BEC BEF BEL
BGL BGM BGN BGO BHD BIF BMD BND BOB BOL BOP BOV BRB BRC BRE BRL BRN BRR BRZ BSD BTN BUK BWP BYB BYN BYR BZD CAD CDF CHE
CHF CHW CLE CLF CLP CNH CNX CNY COP COU CRC CSD CSK CUC CUP CVE CYP CZK DDM DEM DJF DKK DOP DZD ECS ECV EEK EGP ERN ESA
ESB ESP ETB EUR FIM FJD FKP FRF GBP GEK GEL GHC GHS GIP GMD GNF GNS GQE GRD GTQ GWE GWP GYD HKD HNL HRD HRK HTG HUF IDR
IEP ILP ILR ILS INR IQD IRR ISJ ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRH KRO KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL
LTT LUC LUF LUL LVL LVR LYD MAD MAF MCF MDC MDL MGA MGF MKD MKN MLF MMK MNT MOP MRO MRU MTL MTP MUR MVP MVR MWK MXN MXP
MXV MYR MZE MZM MZN NAD NGN NIC NIO NLG NOK NPR NZD OMR PAB PEI PEN PES PGK PHP PKR PLN PLZ PTE PYG QAR RHD ROL RON RSD
RUB RUR RWF SAR SBD SCR SDD SDG SDP SEK SGD SHP SIT SKK SLE SLL SOS SRD SRG SSP STD STN SUR SVC SYP SZL THB TJR TJS TMM
TMT TND TOP TPE TRL TRY TTD TWD TZS UAH UAK UGS UGX USD USN USS UYI UYP UYU UYW UZS VEB VED VEF VES VND VNN VUV WST XAD
XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XEU XFO XFU XOF XPD XPF XPT XRE XSU XUA YDD YER YUD YUM YUN YUR ZAL ZAR ZMK ZMW
ZRN ZRZ ZWD ZWG ZWL ZWR
"""
CURRENCIES: Final = frozenset(_CODES.split())
# Those whose prices are not written with two decimals. Beside those that have no smaller coin stand those whose
# smaller coins are out of use, as CLDR had them in 2026; in one table, for both wallets must mean the same amount by a
# number. It does not follow CLDR's changes of mind: stored amounts must go on to mean what they meant.
_WHOLE: Final = """
ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF MMK MRO PYG RSD RWF SLL SOS STD
SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD
"""
_DECIMALS: Final = {
    **dict.fromkeys(_WHOLE.split(), 0),
    **dict.fromkeys(("BHD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_SANE: Final = 10**10  # Of whole units; what is more is no price.
# What people write, and what ISO does.
_MEANT: Final = {"NIS": "ILS", "RMB": "CNY", "YUAN": "CNY", "UKP": "GBP", "STG": "GBP", "RUR": "RUB", "TOMAN": "IRR"}


def decimals(currency: str) -> int:
    """Return the decimals of a currency's amounts, the last of which counts minor units: 2 for GBP, 0 for JPY."""
    return _DECIMALS.get(currency, 2)


def check_currency(findings: Findings, code: object) -> None:
    """Check for a currency of ISO 4217."""
    if isinstance(code, str) and code in CURRENCIES:
        return
    word = code.upper() if isinstance(code, str) else ""
    meant = _MEANT.get(word) or (word if word in CURRENCIES else "")
    hint = f'use "{meant}"' if meant else nearest(word, CURRENCIES) or "use ISO 4217, such as GBP"
    findings.add("money.currency", "currency", f"{quoted(code)} is no currency", hint)


def check_amount(findings: Findings, name: str, value: object, low: int, high: int, *, currency: object = None) -> None:
    """Check for a whole number of minor units; a price with a point is told what it is in them."""
    price = _price(value)
    if price is None:
        findings.whole(name, value, low, high)
    else:
        findings.add("number.type", name, f"got {price}, need a whole number", _in_minor_units(price, currency))


def optional_amount(findings: Findings, name: str, value: object, low: int, high: int) -> None:
    """Check for ``None`` or an amount, of a currency that is not known here."""
    if value is not None:
        check_amount(findings, name, value, low, high)


def _price(value: object) -> float | None:
    """Return what people mean by a number with a point; ``None`` for any other value."""
    if isinstance(value, float) or (isinstance(value, Decimal) and value.is_finite()):
        return float(value) if 0 <= value < _SANE else None
    return None


def _in_minor_units(price: float, currency: object) -> str:
    known = isinstance(currency, str) and currency in CURRENCIES
    places = decimals(str(currency))
    minor = round(price * 10**places)
    if known and places == 0:
        return f"{currency} has no smaller unit: give {minor}"
    shown = f"{minor / 10**places:.{places}f}"
    return (
        f"give minor units: {minor} for {shown} {currency}"
        if known
        else f"give minor units, such as {minor} pence for {shown}"
    )
