"""What syrupy keeps to itself: the tests that its account of unused snapshots looks through.

It holds each snapshot that was not used against every test of the run, several times: 300 pictures and 7000 tests took more than a
minute. Only a test that asks for a snapshot can use one, so the account is of these.
"""

from __future__ import annotations

from typing import Any

import pytest


def asks_for_a_snapshot(item: pytest.Item) -> bool:
    """Whether a test has syrupy's fixture, by itself or by another one."""
    return "snapshot" in getattr(item, "fixturenames", ())


def narrow(config: Any) -> None:
    """Leave in syrupy's account the tests that ask for a snapshot; without syrupy there is none."""
    account = getattr(config, "_syrupy", None)
    if account is None:
        return
    account._collected_items = set(filter(asks_for_a_snapshot, account._collected_items))
    known = {item.nodeid for item in account._collected_items}
    account._selected_items = {name: status for name, status in account._selected_items.items() if name in known}
