"""Neovim, without a screen, with the lines of docs/editors.md in its configuration."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.rules.clean_tile import written

needs_neovim = pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")

OLD = """
if not vim.lsp.start then  -- Neovim 0.7
  local ids = {}
  function vim.lsp.start(config)
    ids[config.name] = ids[config.name] or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, ids[config.name])
  end
end
"""
SCRIPT = """
local told = {}
local function rules()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { each.code or each.user_data.lsp.code, each.lnum, each.col, each.end_col })
  end
  return found
end
local function wait(name, fits)
  if not vim.wait(30000, fits, 20) then
    told.late = name
  end
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  for _, each in pairs(answers or {}) do
    return each.result
  end
end
wait("attached", function() return #vim.lsp.buf_get_clients(0) > 0 end)
wait("first", function() return #rules() > 0 end)
told.first = rules()
vim.api.nvim_win_set_cursor(0, { told.first[1][2] + 1, told.first[1][3] })
told.hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0, "utf-16")).contents.value
local params = vim.lsp.util.make_range_params(0, "utf-16")
params.context = { diagnostics = {} }
local actions = ask("textDocument/codeAction", params)
told.title = actions[1].title
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
wait("mended", function() return #rules() == 0 end)
told.mended = vim.api.nvim_buf_get_lines(0, 0, -1, false)
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "acme_widget.requests," })
local place = vim.lsp.util.make_position_params(0, "utf-16")
place.position = { line = 1, character = 21 }
local list = ask("textDocument/completion", place)
told.types = vim.tbl_map(function(each) return each.label end, list.items)
wait("broken", function() return #rules() > 0 end)
told.broken = rules()
local out = io.open(vim.env.TOLD, "w")
out:write(vim.fn.json_encode(told))
out:close()
vim.cmd("qa!")
"""


@needs_neovim
@pytest.mark.slow
def test_neovim_tells_explains_mends_and_completes(tmp_path: Path) -> None:
    tile = written(tmp_path / "marketplace" / "acme_corp_acme_widget")
    metadata = tile / "metadata.csv"
    before = metadata.read_text()
    metadata.write_text(before.replace(",acme_widget,requests", ",Acme Widget,requests", 1))
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    (lua,) = re.findall(r"```lua\n(.*?)```", page, re.DOTALL)
    (tmp_path / "init.lua").write_text(OLD + lua)
    (tmp_path / "script.lua").write_text(SCRIPT)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TOLD": str(tmp_path / "told.json"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    words = ["nvim", "--headless", "-n", "-u", tmp_path / "init.lua", metadata, "-S", tmp_path / "script.lua"]
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path
    )
    assert (tmp_path / "told.json").is_file(), done.stderr
    told = json.loads((tmp_path / "told.json").read_text())
    assert "late" not in told
    line = metadata.read_text().splitlines()[1]
    at = line.index("Acme Widget")
    assert told["first"] == [["metadata/integration", 1, at, at + len("Acme Widget")]]
    assert told["hover"].startswith("## metadata/integration\n") and "**Source:**" in told["hover"]
    assert told["title"] == "Write acme_widget"
    assert told["mended"] == before.splitlines()
    assert told["types"] == ["count", "gauge", "rate"]
    assert "metadata/form" in [rule for rule, *_ in told["broken"]]
