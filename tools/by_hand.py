"""Authors the example tile in a real terminal (tmux), by keys and typed text alone, and compares the result.

Usage: python -m tools.by_hand EXAMPLES WIDTHxHEIGHT OUT [--plain]
    EXAMPLES: the folder of answers.yaml and its files; OUT: a folder that doesn't exist yet; --plain: line by line.

Prints the key presses beyond the typed text, the seconds it took, and whether the directory is byte for byte what the
answers file gives (app_uuid, source_type_id and date aside).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from tests.asking.scripts import whole
from tilewizard.answers.paths import replaced
from tilewizard.answers.yaml_text import load
from tilewizard.session.session import Session

NAME = "tilewizard-by-hand"
presses = 0


def tmux(*words: str) -> str:
    return subprocess.run(["tmux", *words], capture_output=True, text=True, check=True).stdout


def screen() -> str:
    return tmux("capture-pane", "-p", "-t", NAME)


def press(*keys: str) -> None:
    global presses
    for key in keys:
        presses += 1
        tmux("send-keys", "-t", NAME, key)
        time.sleep(0.12)


def enter_text(text: str) -> None:
    """Type a text; lines of one are parted as a terminal delivers a paste."""
    if "\n" in text:
        tmux("set-buffer", "-b", NAME, text)
        tmux("paste-buffer", "-p", "-d", "-b", NAME, "-t", NAME)
    else:
        tmux("send-keys", "-l", "-t", NAME, "--", text)
    time.sleep(0.15)


def fill(*texts: str) -> None:
    for text in texts:
        if text:
            enter_text(text)
        press("Tab")


def wait(words: str, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while words not in screen():
        if time.monotonic() > until:
            sys.exit(f"never saw {words!r}:\n{screen()}")
        time.sleep(0.05)


def next_step(title: str) -> None:
    press("C-n")
    wait(f": {title} (")
    time.sleep(0.3)


def author(examples: Path) -> None:
    answers = load(examples / "answers.yaml")
    wait("Start a new tile")
    press("Enter")
    wait("Where it goes")
    press("Tab", "Tab", "Tab")
    fill("metrics, events", "metrics")
    next_step("Listing")
    author_, listing = answers.author, answers.listing
    fill(listing.title, listing.description, ", ".join(listing.categories), ", ".join(listing.supported_os))
    fill(author_.name, author_.homepage, author_.support_email, author_.vendor_id)
    enter_text(author_.sales_email)
    press("F7", listing.resources[0].resource_type[0], "Tab")
    enter_text(listing.resources[0].url)
    next_step("Pricing")
    plan = answers.pricing[0]
    press(plan.billing_type[0], "Tab")
    fill(f"{plan.unit_price}", plan.unit_label, "", plan.tag, "")
    enter_text(plan.short_description)
    next_step("README")
    for title in ("Overview", "Setup", "Uninstallation"):
        fill(answers.readme[title].rstrip("\n"))
    links = "".join(f"\n[{label}]: {url}" for label, url in answers.readme_links.items())
    enter_text(answers.readme["Support"] + links)
    next_step("Metrics & checks")
    rows = answers.metrics.rows
    table = ["\t".join(COLUMNS), *("\t".join(str(getattr(row, name) or "") for name in COLUMNS) for row in rows)]
    enter_text("\n".join(table))  # As copied from a spreadsheet.
    wait(f"{len(rows)} metrics read")
    press("Enter")
    wait("Metrics & checks")
    next_step("Media & logo")
    enter_text("\n".join(f"{medium.image}\t{medium.caption}" for medium in answers.media))
    wait("rows are added")
    press(*["Tab"] * 4)
    enter_text(answers.logo)
    next_step("Dashboards & monitors")
    press("Tab")
    enter_text(answers.dashboards["acme_widget_overview"])
    next_step("EULA")
    enter_text(answers.eula)
    next_step("Changelog")
    next_step("Review & write")
    wait("Nothing is wrong")
    press("Enter")
    wait("Written")


def author_plainly(examples: Path) -> None:
    """Type every line at the terminal once the prompt for it stands there."""
    wait("Where it goes")
    for line in whole(load(examples / "answers.yaml")):
        before = screen()
        if line:
            enter_text(line)
        press("Enter")
        until = time.monotonic() + 10
        while screen() == before and time.monotonic() < until:
            time.sleep(0.02)
    wait("What to do next")


COLUMNS = ("metric_name", "metric_type", "unit_name", "description", "orientation", "short_name")
"""What the spreadsheet with the metrics holds."""


def compare(examples: Path, out: Path) -> None:
    by_hand = out / "hand" / "acme_corp_acme_widget"
    manifest = json.loads((by_hand / "manifest.json").read_text())
    answers = load(examples / "answers.yaml")
    answers = replaced(answers, ("listing", "app_uuid"), manifest["app_uuid"])
    source = manifest["assets"]["integration"]["source_type_id"]
    answers = replaced(answers, ("integration", "source_type_id"), source)
    answers = replaced(answers, ("changelog", 0, "date"), date.today().isoformat())
    root, written = Session(answers, into=out / "file").write()
    present = sorted(path.relative_to(by_hand).as_posix() for path in by_hand.rglob("*") if path.is_file())
    other = [
        path for path in written if path not in present or (by_hand / path).read_bytes() != (root / path).read_bytes()
    ]
    print(f"files: {len(written)}; differing: {other}; unexpected: {sorted(set(present) - set(written))}")
    sys.exit(bool(other or set(present) - set(written)))


def main() -> None:
    examples, size, out = Path(sys.argv[1]).resolve(), sys.argv[2], Path(sys.argv[3]).resolve()
    plain = "--plain" in sys.argv[4:]
    width, height = size.split("x")
    out.mkdir(parents=True)
    program = f"{sys.executable} -m tilewizard new --into {out}/hand{' --plain' if plain else ''}"
    command = f"TILEWIZARD_STATE={out}/state TILEWIZARD_DEBUG=1 {program}; sleep 60"
    subprocess.run(["tmux", "kill-session", "-t", NAME], capture_output=True, check=False)
    start = time.monotonic()
    tmux("new-session", "-d", "-s", NAME, "-x", width, "-y", height, command)
    try:
        author_plainly(examples) if plain else author(examples)
        seconds = time.monotonic() - start
        print(screen())
    except BaseException:
        print(screen())
        raise
    finally:
        subprocess.run(["tmux", "kill-session", "-t", NAME], capture_output=True, check=False)
    print(f"{size}: {presses} key presses beyond the typed text, {seconds:.0f} s")
    compare(examples, out)


if __name__ == "__main__":
    main()
