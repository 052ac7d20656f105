"""One monitor of a session in its form: opened, checked as one types, kept while one types, put back as one change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..answers.model import Answers
from ..authoring.monitor_file import MonitorFile, field_of, new_monitor
from ..authoring.parts.placing import asset_path
from ..checking.check import Checker
from ..errors import TilewizardError
from ..field.asset_kinds import MONITORS
from ..field.names import snake
from ..rules.findings import Finding
from ..rules.registry import all_rules
from .assets import Asset, assets_of, with_answer, with_asset
from .session import Session

_FIELDS = {"monitors/window": "window", "monitors/threshold": "critical"}
"""Rules that speak of one part of the query, and its field."""


class MonitorDesk:
    """A monitor at work. The session is changed by :meth:`keep` alone.

    Args:
        session: whose monitor.
        asset: the monitor; None for a new one.

    Raises:
        TilewizardError: its file is no monitor that could be shown.
    """

    def __init__(self, session: Session, asset: Asset | None = None) -> None:
        report = session.examine()
        self.session = session
        self.answers = report.settled
        self._tile = report.tile
        self._others = {each.called for each in assets_of(report.tile) if each.kind is MONITORS}
        self.asset = asset
        self._checker = Checker([rule for rule in all_rules() if rule.name.startswith("monitors/")])
        if asset is None:
            self.start = new_monitor(self.answers)
            return
        file = self._tile.file(asset.path)
        try:
            self.start = MonitorFile.read(file.text if file is not None else "")
        except TilewizardError as error:
            raise TilewizardError(error.fault, file=asset.path, remedy=error.remedy) from None

    def asset_for(self, file: MonitorFile) -> Asset:
        """The asset that a state of the form is of; a new one is called after its title."""
        if self.asset is not None:
            return self.asset
        stem = snake(file.values.title)[:60].strip("_") or "monitor"
        names = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(self._others) + 2))
        name = next(each for each in names if each not in self._others)
        return Asset(MONITORS, asset_path(MONITORS.home, name), name)

    def findings(self, file: MonitorFile) -> dict[str, list[Finding]]:
        """What is wrong with a state of the form, by field; under the empty name what no field is about.

        Args:
            file: that state.
        """
        asset = self.asset_for(file)
        found: dict[str, list[Finding]] = {}
        for finding in self._checker.check(with_asset(self._tile, asset, file.text)):
            if finding.file == asset.path:
                found.setdefault(_field(finding, file), []).append(finding)
        return {name: sorted(each, key=lambda finding: finding.severity.rank) for name, each in found.items()}

    def with_file(self, file: MonitorFile, place: Path) -> Answers:
        """The answers that name a file of the disk for a state of the form."""
        return with_answer(self.session.answers, self.asset_for(file), place)

    def keep(self, file: MonitorFile, keep: Callable[[str, bytes], Path], *, as_made: bool = False) -> Asset | None:
        """Put a state of the form into the answers as one change; None where nothing was changed.

        Args:
            file: that state.
            as_made: whether a new monitor is taken that nothing was changed of.
            keep: takes the name and the bytes of a file, and gives the path it is kept at.

        Raises:
            TilewizardError: the file can't be kept.
        """
        if file.text == self.start.text and not (as_made and self.asset is None):
            return None
        asset = self.asset_for(file)
        place = keep(asset.path.rpartition("/")[2], file.text.encode("utf-8", "surrogateescape"))
        self.session.replace(self.with_file(file, place), asset.answer)
        self.session.touched.add(asset.answer)
        return asset


def _field(finding: Finding, file: MonitorFile) -> str:
    if finding.rule == "monitors/unknown-metric":
        return next(name for name in ("metric", "expression", "query") if file.asks(name))
    name = _FIELDS.get(finding.rule, "")
    if not name and finding.rule == "monitors/query" and "compares" in finding.message:
        name = "critical"
    return name if name and file.asks(name) else field_of(finding.pointer, file)
