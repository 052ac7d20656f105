"""The kinds of assets that a tile brings, declared once: where their files live and how the manifest names them.

Rules enumerate their files through :mod:`tilewizard.tile.asset_files`; paths, lists and hints read the same table. What the
folders and endings are is Datadog's layout of a tile (integrations-extras; "Since the first version" of the design).
"""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _


@dataclass(frozen=True, slots=True)
class AssetKind:
    """One kind of asset.

    Attributes:
        name: the key that the kind goes by, as in the manifest where it is named there.
        one: the English name of one of them, as release notes tell it.
        home: the folder of its files, or, when ``single``, the one file.
        endings: of the files in the folder, lower case.
        pointer: where the manifest names it: a map of short names to paths, a path when ``single``; empty when the file
            is found by its place alone.
        single: whether there is at most one file.
        former: folders in which older tiles keep the same kind.
    """

    name: str
    one: str
    home: str
    endings: tuple[str, ...] = (".json",)
    pointer: str = ""
    single: bool = False
    former: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What a message calls one of them, in the language that is spoken."""
        return _CALLED[self.one]

    @property
    def mapped(self) -> bool:
        """Whether the manifest has a map of short names to files of this kind."""
        return bool(self.pointer) and not self.single


_CALLED = {
    "dashboard": _("dashboard"),
    "monitor": _("monitor"),
    "saved view": _("saved view"),
    "log pipeline": _("log pipeline"),
    "detection rule": _("detection rule"),
    "blueprint": _("blueprint"),
    "list of flows": _("list of flows"),
    "client": _("client"),
    "webhook configuration": _("webhook configuration"),
}

DASHBOARDS = AssetKind("dashboards", "dashboard", "assets/dashboards", pointer="/assets/dashboards")
MONITORS = AssetKind(
    "monitors", "monitor", "assets/monitors", pointer="/assets/monitors", former=("assets/recommended_monitors",)
)
SAVED_VIEWS = AssetKind("saved_views", "saved view", "assets/saved_views", pointer="/assets/saved_views")
LOGS = AssetKind("logs", "log pipeline", "assets/logs", (".yaml", ".yml"))
DETECTION_RULES = AssetKind("security", "detection rule", "assets/security")
BLUEPRINTS = AssetKind("app-builder-blueprints", "blueprint", "assets/app-builder-blueprints")
DATAFLOWS = AssetKind("dataflows", "list of flows", "assets/dataflows.yaml", (".yaml",), single=True)
OAUTH_CLIENTS = AssetKind("oauth", "client", "assets/oauth_clients.json", pointer="/assets/oauth", single=True)
WEBHOOK = AssetKind("webhook", "webhook configuration", "assets/webhook_config.json", single=True)

ASSET_KINDS = (
    DASHBOARDS,
    MONITORS,
    SAVED_VIEWS,
    LOGS,
    DETECTION_RULES,
    BLUEPRINTS,
    DATAFLOWS,
    OAUTH_CLIENTS,
    WEBHOOK,
)
MAPPED = tuple(kind for kind in ASSET_KINDS if kind.mapped)
"""The kinds that the manifest names one by one."""
