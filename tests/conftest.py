"""What every test runs under."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.messages import Heard, listen

from walletcard import _clock

settings.register_profile(  # The same examples in every run; the scripts look for new ones.
    "walletcard", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=150
)
settings.load_profile("walletcard")

HEARD = Heard()
listen(HEARD)


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--messages", metavar="FILE", help="write an example of every message code as JSON")
    parser.addoption("--days-ahead", metavar="N", type=int, help="let the library think that it is so many days later")


def pytest_configure(config: pytest.Config) -> None:
    """Set the library's one clock ahead where that is wanted: what holds today holds next year."""
    days: int | None = config.getoption("--days-ahead")
    if days is None:
        return
    ahead = timedelta(days=days)
    moments = SimpleNamespace(now=lambda zone: datetime.now(zone) + ahead)
    seconds = SimpleNamespace(time=lambda: time.time() + ahead.total_seconds(), monotonic=time.monotonic)
    vars(_clock).update(datetime=moments, time=seconds)


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
