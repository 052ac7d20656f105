"""``tilewizard schema``: the JSON Schema of answers files."""

from __future__ import annotations

import click

from tilewizard.errors import Exit


@click.command("schema")
def command() -> int:
    """Print the JSON Schema of answers files, for editors that complete and check YAML by one."""
    import json

    from tilewizard.answers.model import Answers
    from tilewizard.reporting.printing import put_out

    put_out(json.dumps(Answers.model_json_schema(), indent=2) + "\n")
    return Exit.DONE
