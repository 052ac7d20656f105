"""F4 on a finding whose mend is another file: the answer then names a kept copy, and the partner's own stays."""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image
from tilewizard.answers.yaml_text import load
from tilewizard.drafts.drafts import DraftStore
from tilewizard.session.session import Session

MATERIAL = Path(__file__).parent.parent / "material"


def session_with_a_picture_in_grey(tmp_path: Path) -> tuple[Session, Path]:
    grey = tmp_path / "grey.png"
    Image.new("L", (1440, 810), 120).save(grey)
    answers = load(MATERIAL / "answers.yaml")
    media = [answers.media[0].model_copy(update={"image": str(grey)}), *answers.media[1:]]
    return Session(answers.model_copy(update={"media": media}), into=tmp_path / "marketplace"), grey


def test_a_picture_in_grey_becomes_a_kept_copy_in_rgb_and_undo_brings_it_back(tmp_path: Path) -> None:
    session, grey = session_with_a_picture_in_grey(tmp_path)
    before = grey.read_bytes()
    (finding,) = [each for each in session.examine().findings if each.rule == "image/colours"]
    store = DraftStore()
    assert not session.mend(finding)
    assert session.mend(finding, lambda name, data: store.keep_file("draft", name, data))
    made = Path(session.answers.media[0].image)
    assert Image.open(io.BytesIO(made.read_bytes())).mode == "RGB"
    assert grey.read_bytes() == before
    assert "image/colours" not in {each.rule for each in session.examine().findings}
    session.undo()
    assert session.answers.media[0].image == str(grey)


def test_a_mended_dashboard_of_an_existing_tile_is_written(tmp_path: Path) -> None:
    root, _ = Session(load(MATERIAL / "answers.yaml"), into=tmp_path).write()
    place = root / "assets" / "dashboards" / "acme_widget_overview.json"
    data = json.loads(place.read_text())
    place.write_text(json.dumps({**data, "author_handle": "somebody@acme.example", "id": "abc-def-ghi"}, indent=2))
    session = Session.open(root)
    findings = [each for each in session.examine().findings if each.rule == "dashboards/leftover" and each.fixable]
    store = DraftStore()
    assert session.mend(findings[0], lambda name, data: store.keep_file("draft", name, data))
    session.write()
    assert set(json.loads(place.read_text())) < {*data, "author_handle", "id"}
