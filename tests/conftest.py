"""What every test gets: no network, hypothesis profiles, and chromium for the pages."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

PROOF = os.environ.get("MOONWRIGHT_PROOF") == "1"
CI = os.environ.get("CI") == "true"

# A shared machine is slow at random, so no deadline. CI draws the same examples each time: a change
# must not fail there by luck. New examples are the business of daily work and of `make proof`.
hypothesis.settings.register_profile("daily", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.register_profile("proof", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("proof" if PROOF else "ci" if CI else "daily")


@pytest.fixture(scope="session")
def proof() -> bool:
    """Whether this run is `make proof`: full counts, however long they take."""
    return PROOF


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser for page tests. Without one they are skipped, except in CI, where that is a failure."""
    found = shutil.which("chromium")
    if found is None and CI:
        pytest.fail("chromium is not on PATH, and in CI the pages must be opened")
    if found is None:
        pytest.skip("chromium is not on PATH")
    return Path(found)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise PermissionError(f"a test tried to reach {address[0]}: tests run without network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield
