"""The account of unused snapshots, narrowed to the tests that can use one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.session import ItemStatus, SnapshotSession

from tests.conftest import pytest_runtestloop


@pytest.fixture
def account(request: pytest.FixtureRequest) -> SnapshotSession:
    """Syrupy's account of one test, which ran."""
    found = SnapshotSession(pytest_session=request.session)
    found.collect_items([request.node])
    found.select_items([request.node])
    found.ran_item(request.node.nodeid, "passed")
    return found


def after_the_tests(account: SnapshotSession | None) -> None:
    """What the hook does when all tests are done."""
    config: Any = SimpleNamespace(_syrupy=account)
    loop = pytest_runtestloop(SimpleNamespace(config=config))
    next(loop)
    with pytest.raises(StopIteration) as end:
        loop.send(True)
    assert end.value.value is True


def test_a_test_that_asks_for_a_snapshot_stays_in_the_account(
    request: pytest.FixtureRequest, snapshot: SnapshotAssertion, account: SnapshotSession
) -> None:
    after_the_tests(account)
    assert account._collected_items == {request.node}
    assert account._selected_items == {request.node.nodeid: ItemStatus.PASSED}


def test_any_other_leaves_it(account: SnapshotSession) -> None:
    assert len(account._collected_items) == len(account._selected_items) == 1
    after_the_tests(account)
    assert (account._collected_items, account._selected_items) == (set(), {})


def test_without_syrupy_there_is_no_account() -> None:
    after_the_tests(None)
