"""The public names: sorted, complete, documented, and those of the contract."""

import importlib
import inspect

import pytest

PACKAGES = {
    "walletcard": "Balance Barcode Card Color Design Event Face Field Issue Limits Money Outcome Picture Program "
    "Reward Stamps WalletCardError apply face join make_pkpass make_save_link measure replay settle",
    "walletcard.model": "BackText Milestone Notice Report StripSpec Unit Voucher",
    "walletcard.apple": "Identity Package Signer Updates Verification build bundle check chunks headers "
    "lint pass_json read read_bundle sign unchanged verify",
    "walletcard.google": "Answer BatchOutcome CALLBACK_KEYS_URL CallbackEvent Client HttpTransport Insert Move "
    "Request Resources SaveLink ServiceAccount Stored Transport check insert_of lint move patch resources "
    "save_link save_link_of verify_callback",
    "walletcard.render": "artwork fit hero pictures qr strip",
    "walletcard.preview": "html poster sheet",
    "walletcard.testing": "throwaway_callbacks throwaway_identity throwaway_service_account",
    "walletcard.words": "phrase_book",
    "walletcard.loyalty": "apply face join measure replay settle",
    "walletcard.tokens": "KeyRing Kind Token issue new_code verify",
    "walletcard.errors": "BadReplyError CallbackError GoogleError InvalidCardError InvalidDocumentError Issue "
    "KeyMaterialError PassReadError RateLimitedError RejectedError RenderError SigningError TokenError "
    "UnknownResultError UnreachableError VerificationError WalletCardError",
}


@pytest.mark.parametrize("package", PACKAGES)
def test_all_is_sorted_complete_and_true(package: str) -> None:
    module = importlib.import_module(package)

    assert module.__all__ == sorted(module.__all__, key=lambda name: (not name.isupper(), name))
    assert set(PACKAGES[package].split()) <= set(module.__all__)
    for name in module.__all__:
        assert hasattr(module, name), name


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_public_is_left_out_of_all(package: str) -> None:
    module = importlib.import_module(package)
    public = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__.startswith(package)
    }

    assert public - set(module.__all__) <= {"one_line"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_class_and_function_has_a_docstring(package: str) -> None:
    module = importlib.import_module(package)

    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, name


@pytest.mark.parametrize(
    "package", [name for name in PACKAGES if name not in ("walletcard.words", "walletcard.errors")]
)
def test_verbs_take_one_leading_value_and_the_rest_by_name(package: str) -> None:
    leading = {
        "apply": 3,
        "due": 2,
        "measure": 2,
        "poster": 2,
        "require_moment": 2,
        "replay": 3,
        "settle": 2,
        "face": 2,
        "sign": 2,
        "lint": 2,
    }
    module = importlib.import_module(package)

    for name in module.__all__:
        verb = getattr(module, name)
        if inspect.isfunction(verb):
            kinds = [parameter.kind for parameter in inspect.signature(verb).parameters.values()]
            positional = sum(kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for kind in kinds)
            assert positional <= leading.get(name, 1), name
