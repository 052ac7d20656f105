"""Coverage-guided fuzzing of every reader by atheris, bounded; what it finds becomes a test.

Usage: fuzz.py [SECONDS [READER...]]

Each reader gets that many seconds (30 by default) in a process of its own, and starts from the files of the clean tile. A
reader fails that raises, takes longer than ten seconds, or says what can't be: a place outside of the text, an edit that is lost.
Needs `pip install atheris`, which runs on Linux and macOS; without it nothing is done, and said so. A text that fails is kept in
`.bench/fuzz`.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from itertools import permutations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
KEPT = ROOT / ".bench" / "fuzz"


READERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "json": ("read_json", (".json",)),
    "csv": ("read_csv", (".csv",)),
    "readme": ("read_readme", (".md",)),
    "paste": ("read_paste", (".md",)),
    "changelog": ("read_changelog", ("CHANGELOG.md",)),
    "yaml": ("read_yaml", (".yaml",)),
    "metrics": ("read_metrics", (".csv", "metrics.txt", ".json")),
    "picture": ("read_picture", (".png", ".svg")),
    "eula": ("read_eula", (".pdf",)),
    "answers": ("read_answers", ("answers.yml",)),
    "draft": ("read_draft", ("answers.yml", "draft.txt")),
    "configuration": ("read_configuration", (".toml",)),
    "codeowners": ("read_codeowners", ("CODEOWNERS",)),
    "logs": ("read_logs", ("pipeline.txt",)),
    "samples": ("read_samples", (".log",)),
    "words": ("read_words", (".words",)),
    "tile": ("read_tile", (".json", ".md", ".csv", ".yaml")),
}
"""The readers of tools/fuzz_readers.py by name, and how the files end that each starts from."""
SEEDS = {
    "metrics.txt": '# HELP acme_a_total Some.\n# TYPE acme_a_total counter\nacme_a_total{host="a"} 1\n# EOF\n',
    "answers.yml": "title: Acme Widget\nmetrics:\n  rows:\n    - {metric_name: acme.a, metric_type: count}\nreadme:\n  Overview: |\n    Text.\n",
    "draft.txt": '# tilewizard-draft: {"title": "Acme", "step": "readme"}\n{"title": "Acme"}\n',
    "tilewizard.toml": 'target = "marketplace"\nignore = ["readme/image"]\nowner = "@acme/a"\n[ignore-in]\n"acme_*" = ["image"]\n'
    '[[allow]]\nrule = "readme/image"\nreason = "so"\nuntil = 2027-01-31\n',
    "ddev.toml": '[overrides.display-name]\nacme_widget = "Acme"\n[overrides.ci.acme_widget]\nplatforms = ["linux"]\n',
    "CODEOWNERS": "# All\n*  @DataDog/a\n/acme/  @acme\n/zeta/ a@b.example # old\n# at the end of this file\n**/assets/logs/ @DataDog/logs\n",
    "a.log": '2026-01-02T03:04:05Z INFO a=1 b="c d" 10.0.0.1\n{"level": "warn", "msg": "x", "ts": 1}\n'
    '1.2.3.4 - - [02/Jan/2026:03:04:05 +0000] "GET /a HTTP/1.1" 200 12\nTraceback (most recent call last):\n  File\nValueError: x\n',
    "a.words": '%{ip:a} %{data:b:keyvalue("=", "/ ")} (x|y)\n---\n1.2.3.4 a=b x',
    "b.words": 'source:(a OR b) -@c:[1 TO 5] "d e"\n---\n{{#is_alert}}{{host.name}}{{/is_alert}} @a-b',
    "c.words": "avg(last_5m):avg:acme.a{host:a} by {host} > 5\n---\n(a + 2) * b.c",
    "d.words": "yyyy-MM-dd'T'HH:mm:ss.SSSZ\n---\n2026-01-02T03:04:05.006+0100",
}


def seeds(folder: Path, endings: tuple[str, ...]) -> None:
    """What a reader starts from: the clean tile's files of some endings, and texts of what no tile has."""
    from tests.rules.clean_tile import clean_files
    from tilewizard.field.vocabulary import Target

    files = {**clean_files(Target.MARKETPLACE), **{name: text.encode() for name, text in SEEDS.items()}}
    pipelines = sorted(data for path, data in files.items() if path.endswith(".yaml") and "/logs/" in path)
    files |= {f"{n}.pipeline.txt": b"\n---\n".join(pair) for n, pair in enumerate(permutations(pipelines, 2))}
    for number, (path, data) in enumerate(sorted(files.items())):
        if path.endswith(endings):
            (folder / f"{number}").write_bytes(data[:20_000])


def one(name: str, seconds: str, corpus: str) -> None:
    """Fuzz one reader in this process."""
    import atheris

    with atheris.instrument_imports(include=["tilewizard", "pypdf"]):
        read = getattr(importlib.import_module("tools.fuzz_readers"), READERS[name][0])
        for each in sorted(Path(corpus).iterdir()):  # So that what is imported when it is needed is followed too.
            read(each.read_bytes())
    KEPT.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=10",
        "-rss_limit_mb=2000",
        "-max_len=4096",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
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
            runs = next((line.rpartition(" ")[2] for line in told if "number_of_executed_units" in line), "?")
            print(f"{name:<10} {'ok' if done.returncode == 0 else 'FAILED'}  {runs} texts", flush=True)
            if done.returncode:
                failed.append(name)
                print("\n".join(told[-25:]))
    print(json.dumps({"failed": failed}))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
