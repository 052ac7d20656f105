"""What Datadog's validators say of tiles; run by the Python of ddev's own environment, never by tilewizard's.

Reads ``[{"id": …, "root": folder of the repository, "name": folder of the tile, "marketplace": true}, …]`` as JSON from
standard input and writes ``{id: {validator: [what it objects to, …], …}, …}`` to the file named as first argument. A
validator that breaks down on a tile refuses it: whoever runs it sees it fail.
"""

import json
import os
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import click
from click.testing import CliRunner

warnings.simplefilter("ignore")
COMMANDS = ("readmes", "eula", "service_checks", "dashboards", "saved_views")
TOLD_MAX = 4


def commands():
    """The old commands, by the names that ``ddev validate`` has for them."""
    from importlib import import_module

    base = "datadog_checks.dev.tooling.commands.validate"
    return {name.replace("_", "-"): getattr(import_module(f"{base}.{name}"), name) for name in COMMANDS}


def told(text):
    """The telling lines of an output."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line[:200] for line in lines if not line.startswith(("Validating", "Files", "{"))][:TOLD_MAX]


def outcome(command, arguments, state):
    """What a command objects to; empty when it is content."""
    result = CliRunner().invoke(command, arguments, obj=state)
    if result.exit_code == 0:
        return []
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return [f"breaks down: {type(result.exception).__name__}: {str(result.exception)[:150]}"]
    return told(result.output) or ["refused"]


class Tracker:
    """Takes the place of the tree that ddev prints its findings into."""

    def __init__(self):
        self.messages = []

    @property
    def errors(self):
        """How many findings there are."""
        return len(self.messages)

    def error(self, _branch, *, message):
        """Note a finding."""
        self.messages.append(message)

    def success(self):
        """Nothing to note."""

    def warning(self, _branch, *, message):
        """Nothing to note: a warning refuses nothing."""

    def display(self):
        """Print what was noted."""
        click.echo("\n".join(self.messages))


def metadata(root, name, repository):
    """What ``ddev validate metadata`` objects to."""
    from ddev.cli.validate.metadata import metadata as command
    from ddev.integration.core import Integration
    from ddev.repo.config import RepositoryConfig
    from ddev.utils.fs import Path as DdevPath

    folder = DdevPath(root)
    config = RepositoryConfig(folder / ".ddev" / "config.toml")
    tile = Integration(folder / name, folder, config)
    listed = SimpleNamespace(iter=lambda _selection: iter([tile]))
    repo = SimpleNamespace(name=repository, path=folder, config=config, integrations=listed)
    app = SimpleNamespace(repo=repo, create_validation_tracker=lambda _title: Tracker(), abort=lambda: sys.exit(1))
    return outcome(command, [name], app)


def manifest(root, name, marketplace):
    """What the manifest's validators object to, without the one that asks Datadog's servers."""
    from datadog_checks.dev.tooling.datastructures import JSONDict
    from datadog_checks.dev.tooling.manifest_validator.v2.validator import get_v2_validators

    try:
        decoded = JSONDict(json.loads(Path(root, name, "manifest.json").read_text("utf-8").strip()))
    except Exception as error:
        return [f"can't be loaded: {type(error).__name__}"]
    found = []
    for validator in get_v2_validators(None, not marketplace, marketplace, ignore_schema=True):
        try:
            validator.validate(name, decoded, False)
        except Exception as error:
            found.append(f"{type(validator).__name__} breaks down: {type(error).__name__}: {str(error)[:100]}")
        found += [message.strip()[:200] for message in validator.result.messages["failure"]]
    return found


def verdicts(tile, known):
    """Every validator's objections to one tile."""
    from datadog_checks.dev.tooling.constants import set_root

    root, name, marketplace = tile["root"], tile["name"], tile["marketplace"]
    repository = "marketplace" if marketplace else "integrations-extras"
    set_root(root)
    os.chdir(root)
    found = {key: outcome(command, [name], {"repo_name": repository}) for key, command in known.items()}
    found["metadata"] = metadata(root, name, "marketplace" if marketplace else "extras")
    found["manifest"] = manifest(root, name, marketplace)
    return found


def main():
    """Judge every tile."""
    known = commands()
    tiles = json.load(sys.stdin)
    found = {tile["id"]: verdicts(tile, known) for tile in tiles}
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
