"""``tilewizard edit TILE --step STEP`` opens the wizard there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tilewizard.cli import cli
from tilewizard.screens.app import WizardApp
from tilewizard.screens.wizard import WizardScreen

from tests.rules.clean_tile import written


@pytest.mark.slow
@pytest.mark.parametrize(("step", "opened"), [("pricing", "pricing"), ("", "type")])
async def test_a_tile_is_opened_at_a_step(tmp_path: Path, step: str, opened: str) -> None:
    app = WizardApp(tile=written(tmp_path / "acme_corp_acme_widget"), step=step)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WizardScreen)
        assert app.screen.current.slug == opened


def test_the_option_reaches_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("tilewizard.commands.new.open_wizard", given.update)
    told = CliRunner().invoke(cli, ["edit", str(tmp_path), "--step", "pricing"])
    assert told.exit_code == 0 and given["step"] == "pricing"


@pytest.mark.parametrize("more", ["--yes", "--plain", "--dry-run"])
def test_a_step_is_for_the_wizard_alone(tmp_path: Path, more: str) -> None:
    told = CliRunner().invoke(cli, ["edit", str(tmp_path), "--step", "pricing", more])
    assert told.exit_code == 2 and "--step opens the wizard" in told.output
