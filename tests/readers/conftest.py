"""The passes, made once."""

import pytest
from tests.readers.samples import AT, Sample, bundled, samples

from walletcard import testing


@pytest.fixture(scope="session")
def signer() -> testing.ThrowawayIdentity:
    return testing.throwaway_identity(at=AT)


@pytest.fixture(scope="session")
def alone(signer: testing.ThrowawayIdentity) -> list[Sample]:
    return samples(signer)


@pytest.fixture(scope="session")
def several(alone: list[Sample]) -> bytes:
    return bundled(alone)[0]


@pytest.fixture(scope="session")
def passes(alone: list[Sample]) -> list[Sample]:
    return [*alone, *bundled(alone)[1]]
