"""Configuration that README.md shows, against the package beside it."""

from __future__ import annotations

import pytest
from tilewizard.authoring.author import author
from tilewizard.checking.check import check

from tests.packages.test_agent_package import answers, row


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("```yaml\ninstances:\n  - openmetrics_endpoint: http://x\n    tags:\n      - a:b\n```", []),
        ("1. Do:\n\n    ```yaml\n    init_config:\n\n    instances:\n      - openmetrics_endpoint: <URL>\n    ```", []),
        (
            "```yaml\ninstances:\n  - openmetrics_endpiont: http://x\n```",
            ["“openmetrics_endpiont” is no option of the check"],
        ),
        ("~~~\ninstances:\n- url: x\n~~~", ["“url” is no option of the check"]),
        ("```yaml\ninstances:\n  - a: [\n```", ["a block of configuration is no YAML"]),
        ("```json\ninstances: [\n```", []),
        ("```yaml\nlogs:\n  - type: file\n```", []),
        ("```yaml\ninstances: x\n```\n\n```yaml\ninstances:\n```", []),
        ("```yaml\ninstances:\n  - never: closed", []),
    ],
)
def test_blocks_are_read_as_the_agent_would(block, said):
    tile = author(answers(rows=[row("a")], readme={"Overview": "What.", "Setup": f"Do.\n\n{block}\n"}))
    found = [each.message for each in check(tile) if each.rule == "readme/configuration"]
    assert len(found) == len(said)
    assert all(message.startswith(start) for message, start in zip(found, said, strict=True))
