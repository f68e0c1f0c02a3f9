"""One site for all cases: starting it is most of what a case costs."""

import os
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    import scenarios

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nothing stays behind when the tests are told to end
    running = scenarios.site(tmp_path_factory.mktemp("org"))
    print(
        f"\nsite ready: {running.started}, {sum(c.memory() for c in running.children.values()) >> 20} MiB",
        file=sys.stderr,
    )
    print("sales history:", "Oracle's" if scenarios.HISTORY.rows else "generated", file=sys.stderr)
    yield running
    running.stop()
    left = running.leftovers()
    if request.session.testsfailed or os.environ.get("KEEP") == "1":
        print(f"\nlogs are left in {running.directory}", file=sys.stderr)
    else:
        running.discard()
    assert not left, left
