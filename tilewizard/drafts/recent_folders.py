"""The folders that files were picked from lately, the latest first."""

from __future__ import annotations

from pathlib import Path

from ..writing.state_folder import keep, recall

FOLDERS_MAX = 8
"""Folders that are remembered."""
_NAME = "folders.json"


def recent_folders() -> list[Path]:
    """The remembered folders that are still there, at most :data:`FOLDERS_MAX`."""
    return [folder for folder in _remembered() if _is_there(folder)]


def _remembered() -> list[Path]:
    data = recall(_NAME)
    names = data if isinstance(data, list) else []
    return [Path(name) for name in names if isinstance(name, str) and name and "\0" not in name][:FOLDERS_MAX]


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def remember_folder(folder: Path) -> None:
    """Put a folder at the top of the list; a state folder that can't be written is no reason to fail."""
    full = folder.absolute()
    folders = [full, *(each for each in _remembered() if each != full)][:FOLDERS_MAX]
    keep(_NAME, [str(each) for each in folders])
