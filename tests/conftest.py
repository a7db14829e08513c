"""What every test runs under."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.messages import Heard, listen

settings.register_profile(  # The same examples in every run; the scripts look for new ones.
    "walletcard", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=150
)
settings.load_profile("walletcard")

HEARD = Heard()
listen(HEARD)


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--messages", metavar="FILE", help="write an example of every message code as JSON")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which the library said something that breaks the rules for messages."""
    if wanted := session.config.getoption("--messages"):
        HEARD.write(Path(wanted))
    if HEARD.wrong and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"{HEARD.count} messages of {len(HEARD.examples)} codes were held against the rules")
    for (code, said), line in sorted(HEARD.wrong.items()):
        terminalreporter.write_line(f"MESSAGE {code} {said}: {line}", red=True)
