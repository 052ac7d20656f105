"""Which branch of a checkout is the default one, and that git is not started where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.tile.checkout import Checkout

from tests.commands.test_check_options import git


def test_the_remote_s_head_goes_before_main_and_main_before_master(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "master")
    assert Checkout(tmp_path).default_branch is None
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "First")
    assert Checkout(tmp_path).default_branch == "refs/heads/master"
    git(tmp_path, "branch", "main/of-a-kind")
    assert Checkout(tmp_path).default_branch == "refs/heads/master"
    git(tmp_path, "branch", "-m", "main/of-a-kind", "main")
    assert Checkout(tmp_path).default_branch == "refs/heads/main"
    git(tmp_path, "update-ref", "refs/remotes/origin/master", "HEAD")
    assert Checkout(tmp_path).default_branch == "refs/remotes/origin/master"
    git(tmp_path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert Checkout(tmp_path).default_branch == "refs/remotes/origin/master"
    git(tmp_path, "update-ref", "refs/remotes/origin/gone", "HEAD")
    assert Checkout(tmp_path).default_branch == "refs/remotes/origin/gone"


def test_git_is_not_started_where_there_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", None)
    (tmp_path / "marketplace").mkdir()
    assert Checkout(tmp_path / "marketplace").default_branch is None
    (tmp_path / ".git").mkdir()
    with pytest.raises(TypeError):
        assert Checkout(tmp_path / "marketplace").default_branch
