"""Coverage-guided fuzzing of every reader by atheris, bounded; what it finds becomes a test.

Usage: fuzz.py [SECONDS [READER...]]

Each reader gets that many seconds (30 by default) in a process of its own, and starts from the files of the clean tile. A
reader fails that raises, takes longer than ten seconds, or says what can't be: a place outside of the text, an edit that is lost.
Needs `pip install atheris`, which runs on Linux and macOS; without it nothing is done, and said so. A text that fails is kept in
`.bench/fuzz`.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
KEPT = ROOT / ".bench" / "fuzz"


def text_of(data: bytes) -> str:
    """A file's bytes as a tile reads them."""
    return data.decode("utf-8", "surrogateescape")


def read_json(data: bytes) -> None:
    """Values, faults, places; a member set is there afterwards and nothing else is gone."""
    from tilewizard.documents.json_document import JsonDocument

    document = JsonDocument.parse(text_of(data))
    for fault in document.faults:
        assert 0 <= fault.offset <= len(document.text)
    if isinstance(document.value, dict) and not document.broken:
        for key in list(document.value)[:5]:
            pointer = "/" + key.replace("~", "~0").replace("/", "~1")
            span, offset = document.span(pointer), document.offset(pointer)
            assert span is not None and offset == span[0], (pointer, span, offset)
        changed = document.with_value("/fuzzed", "x")
        assert changed.value == {**document.value, "fuzzed": "x"}
        assert "fuzzed" in document.value or changed.without("/fuzzed").value == document.value


def read_csv(data: bytes) -> None:
    """Rows, faults, places; a cell set is there afterwards."""
    from tilewizard.documents.csv_document import CsvDocument

    document = CsvDocument.parse(text_of(data))
    for fault in document.faults:
        assert 0 <= fault.offset <= len(document.text)
    for index in range(min(3, len(document.rows))):
        assert 0 <= document.offset(index) <= len(document.text)


def read_readme(data: bytes) -> None:
    """Sections, links, pictures, and where they stand."""
    from tilewizard.documents.readme_document import ReadmeDocument

    document = ReadmeDocument.parse(text_of(data))
    assert all(0 <= section.start <= section.end <= len(document.text) for section in document.sections)
    assert all(0 <= link.start <= link.end <= len(document.text) for link in document.links)
    assert all(0 <= each.start <= each.end <= len(document.text) for each in document.definitions)
    assert all(0 <= picture.start <= len(document.text) for picture in document.rendered.pictures)
    _ = document.rendered.sections, document.intro, document.faults, document.unread
    assert document.with_title(document.title or "A").text or not document.text


def read_changelog(data: bytes) -> None:
    """Releases and their changes."""
    from tilewizard.documents.changelog_document import ChangelogDocument

    document = ChangelogDocument.parse(text_of(data))
    assert all(0 <= each.start <= each.end <= len(document.text) for each in document.releases)


def read_yaml(data: bytes) -> None:
    """Faults, keys, values."""
    from tilewizard.inspection.yaml_text import YamlText

    document = YamlText(text_of(data))
    assert document.fault is None or 0 <= document.fault.offset <= len(document.text)
    if document.hazard is None:
        _ = document.keys, document.value
        for key in document.keys[:3]:
            assert 0 <= document.offset(key) <= len(document.text)
            assert document.fills(key) == bool(document.get(key))


def read_metrics(data: bytes) -> None:
    """Expositions and tables of metrics."""
    from tilewizard.importing.reading import read_text

    text = data.decode("utf-8", "replace")
    reading = read_text(text, "acme.")
    assert all(0 <= fault.offset <= len(text) for fault in reading.faults)
    assert len({row.metric_name for row in reading.rows}) == len(reading.rows)


def read_picture(data: bytes) -> None:
    """Headers of pictures, and SVG."""
    from tilewizard.inspection.image import facts_of
    from tilewizard.inspection.svg import inspect_svg

    facts_of(data)
    inspect_svg(text_of(data))


def read_tile(data: bytes) -> None:
    """Every rule on a tile, one file of which is the fuzzer's: the first byte says which."""
    from tests.rules.clean_tile import clean_tile
    from tilewizard.checking.check import check
    from tilewizard.tile.tile import TileFile

    tile = clean_tile()
    paths = [path for path in tile.paths if not path.endswith((".png", ".pdf"))]
    path = paths[data[0] % len(paths)] if data else paths[0]
    check(tile.with_file(TileFile(path, data[1:])))


READERS: dict[str, tuple[Callable[[bytes], None], tuple[str, ...]]] = {
    "json": (read_json, (".json",)),
    "csv": (read_csv, (".csv",)),
    "readme": (read_readme, (".md",)),
    "changelog": (read_changelog, ("CHANGELOG.md",)),
    "yaml": (read_yaml, (".yaml",)),
    "metrics": (read_metrics, (".csv", ".txt")),
    "picture": (read_picture, (".png", ".svg")),
    "tile": (read_tile, (".json", ".md", ".csv", ".yaml")),
}
EXPOSITION = b'# HELP acme_a_total Some.\n# TYPE acme_a_total counter\nacme_a_total{host="a"} 1\n# EOF\n'


def seeds(folder: Path, endings: tuple[str, ...]) -> None:
    """The clean tile's files of some endings."""
    from tests.rules.clean_tile import clean_files
    from tilewizard.field.vocabulary import Target

    files = {**clean_files(Target.MARKETPLACE), "metrics.txt": EXPOSITION}
    for number, (path, data) in enumerate(sorted(files.items())):
        if path.endswith(endings):
            (folder / f"{number}").write_bytes(data[:20_000])


def one(name: str, seconds: str, corpus: str) -> None:
    """Fuzz one reader in this process."""
    import atheris

    read, _ = READERS[name]
    with atheris.instrument_imports(include=["tilewizard"]):
        read(b"{}")
    KEPT.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2000", "-max_len=4096", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={KEPT}/{name}-", corpus], read)
    atheris.Fuzz()


def main() -> int:
    """Fuzz the readers, one after the other; 1 when one failed."""
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:5])
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("fuzzing is skipped: atheris is not installed")
        return 0
    seconds = sys.argv[1] if len(sys.argv) > 1 else "30"
    failed = []
    for name in sys.argv[2:] or READERS:
        with tempfile.TemporaryDirectory() as folder:
            seeds(Path(folder), READERS[name][1])
            command = [sys.executable, __file__, "--one", name, seconds, folder]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            told = done.stderr.strip().splitlines()
            runs = next((line for line in reversed(told) if line.startswith("Done ")), "")
            print(f"{name:<10} {'ok' if done.returncode == 0 else 'FAILED'}  {runs}", flush=True)
            if done.returncode:
                failed.append(name)
                print("\n".join(told[-25:]))
    print(json.dumps({"failed": failed}))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
