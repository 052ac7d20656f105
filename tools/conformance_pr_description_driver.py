"""What the newest ddev says of pull requests' texts; run by the Python of its own environment, never by tilewizard's.

Reads ``[{"id": …, "root": folder of the checkout, "body": text}, …]`` as JSON from standard input and writes
``{"version": …, "verdicts": {id: [whether it passes, the last lines that it says], …}}`` to the file named as first argument. The
validator runs as the command line runs it on a pull request of today that has no number yet, so that it asks no server.
"""

import json
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

from click.testing import CliRunner

warnings.simplefilter("ignore")
TOLD_MAX = 4


def verdict(root, body):
    """Whether a text passes, and what is said of it; one that is skipped doesn't pass."""
    from ddev.cli import ddev

    event, config = root.parent / "event.json", root.parent / "ddev.toml"
    request = {
        "title": "Add a tile",
        "body": body,
        "created_at": "2026-11-01T00:00:00Z",
        "user": {"login": "acme", "type": "User"},
    }
    event.write_text(json.dumps({"pull_request": request}), encoding="utf-8")
    config.write_text(f'repo = "extras"\nupgrade_check = false\n[repos]\nextras = "{root}"\n', encoding="utf-8")
    os.chdir(root)
    arguments = ["--no-color", "--no-interactive", "--config", str(config), "-e", "validate", "pr-description"]
    result = CliRunner().invoke(ddev, [*arguments, "--event-name", "pull_request", "--event-path", str(event)])
    lines = [line.strip()[:200] for line in result.output.splitlines() if line.strip()]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        lines.append(f"breaks down: {type(result.exception).__name__}: {str(result.exception)[:150]}")
    return result.exit_code == 0 and any("passed" in line for line in lines), lines[-TOLD_MAX:]


def main():
    """Judge every text."""
    verdicts = {case["id"]: verdict(Path(case["root"]), case["body"]) for case in json.load(sys.stdin)}
    Path(sys.argv[1]).write_text(json.dumps({"version": version("ddev"), "verdicts": verdicts}), encoding="utf-8")


if __name__ == "__main__":
    main()
