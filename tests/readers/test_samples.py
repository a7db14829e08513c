"""What is put before the readers: of every style, authentic, and the bundle is made of the very same passes."""

import shutil
from pathlib import Path

import pytest
from tests.readers import compare
from tests.readers.samples import HEBREW, Sample, verified

from walletcard import testing


def test_every_style_and_both_languages_are_there(alone: list[Sample]) -> None:
    assert {compare.expected(one.document())["style"] for one in alone} == set(compare.STYLES)
    assert [one.language for one in alone if one.name == HEBREW] == ["he", "en"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second opinion")
def test_openssl_verifies_every_one(passes: list[Sample], signer: testing.ThrowawayIdentity, tmp_path: Path) -> None:
    assert {one.name: verified(one.content, signer.root_pem, tmp_path) for one in passes} == {
        one.name: "" for one in passes
    }


def test_a_bundle_holds_the_passes_as_they_were(passes: list[Sample], alone: list[Sample]) -> None:
    inside = [one for one in passes if one.name.startswith("bundle-")]

    assert [one.content for one in inside] == [one.content for one in alone[:3]]
